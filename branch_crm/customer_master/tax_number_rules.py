"""Numbers for value added tax and taxpayers outside India, by what python-stdnum knows of each country."""

import re
from collections.abc import Iterator
from types import ModuleType

import stdnum
from stdnum.eu import vat
from stdnum.exceptions import InvalidChecksum, ValidationError

from branch_crm.customer_master.identifier_rules import Fault, Judgement, normalized

# a country's numbers that are written where its VAT number would be, besides that one
_ALSO = {
	"AT": ("tin",),
	"AU": ("acn",),
	"BR": ("cpf",),
	"CH": ("uid",),
	"DE": ("stnr", "idnr"),
	"ES": ("nif",),
	"FR": ("siren", "siret"),
	"GB": ("utr",),
	"IL": ("idnr",),
	"IS": ("kennitala",),
	"IT": ("codicefiscale",),
	"NL": ("bsn",),
	"NO": ("orgnr",),
	"PL": ("regon",),
	"SE": ("orgnr",),
	"TH": ("tin",),
	"TR": ("tckimlik",),
	"UA": ("edrpou", "rntrc"),
	"US": ("tin",),
	"ZA": ("tin",),
}
# numbers that python-stdnum has no module for, by the forms that their authorities name: for value added tax, and the
# Hungarian one that says the kind of taxation and the county besides
_FORMS = {"HU": r"\d{8}[1-5]\d{2}", "SG": r"(M[0-9A-Z]|\d{2})\d{7}[A-Z]", "ZA": r"4\d{9}"}
# what stands before the number on invoices
_PREFIXES = {"JP": "T"}
_NORTHERN_IRELAND = "XI"


def judge_tax_number(country_code: str | None, text: str | None) -> Judgement:
	"""Judge a tax number by its country, as ISO 3166 names it in two letters. It is kept as it was written, and not
	checked where the country is unknown, is India (whose numbers have rules of their own), or has no module."""
	number = " ".join((text or "").split())
	code = (country_code or "").upper()
	modules = list(_modules(code, number)) if code else []
	if not modules:
		return Judgement(number, is_checked=False)
	if code in _FORMS and re.fullmatch(_FORMS[code], normalized(number), re.ASCII):
		return Judgement(number)
	bare = number.removeprefix(_PREFIXES.get(code, ""))
	faults = [_fault_by(module, bare) for module in modules]
	if None in faults:
		return Judgement(number)
	return Judgement(number, Fault.CHECKSUM if Fault.CHECKSUM in faults else Fault.FORM)


def _modules(code: str, number: str) -> Iterator[ModuleType]:
	if code == "IN":
		return
	if code == "GB" and number.upper().startswith(_NORTHERN_IRELAND):
		yield vat
		return
	for name in ("vat", *_ALSO.get(code, ())):
		if module := stdnum.get_cc_module(code.lower(), name):
			yield module


def _fault_by(module: ModuleType, number: str) -> Fault | None:
	# some modules convert before they look, which other digits than these pass
	if not number.isascii():
		return Fault.FORM
	try:
		module.validate(number)
	except InvalidChecksum:
		return Fault.CHECKSUM
	except ValidationError:
		return Fault.FORM
	return None
