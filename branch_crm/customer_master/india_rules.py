"""The statutory identifiers of India: their forms, their check characters, and what they say of their holder.

Sources: Income Tax Rules 1962, rule 114 (PAN) and 114A (TAN); Central Goods and Services Tax Rules 2017, rule 10 (GSTIN);
Companies (Incorporation) Rules 2014 (CIN); Limited Liability Partnership Rules 2009 (LLPIN).
"""

import re
from enum import Enum

from stdnum import luhn

from branch_crm.customer_master.gst_rules import FORMER_STATES, STATES
from branch_crm.customer_master.identifier_rules import Fault, Judgement, normalized

DIGITS_AND_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Holder(Enum):
	"""The fourth letter of a PAN."""

	INDIVIDUAL = "P"
	COMPANY = "C"
	HINDU_UNDIVIDED_FAMILY = "H"
	FIRM = "F"
	ASSOCIATION_OF_PERSONS = "A"
	BODY_OF_INDIVIDUALS = "B"
	TRUST = "T"
	LOCAL_AUTHORITY = "L"
	ARTIFICIAL_JURIDICAL_PERSON = "J"
	GOVERNMENT = "G"


class Registration(Enum):
	"""The kinds of registration for goods and services tax, by the form of their number."""

	# before what has the same form and means less
	DEDUCTOR = r"\d{2}[A-Z]{4}[0-9A-Z]\d{4}[A-Z][1-9A-Z]D[0-9A-Z]"
	REGULAR = r"\d{2}[A-Z]{5}\d{4}[A-Z][1-9A-Z][Z1-9ABD-J][0-9A-Z]"
	GOVERNMENT = r"\d{2}[A-Z]{4}\d{5}[A-Z]\dZ\d"
	COLLECTOR = r"\d{2}[A-Z]{5}\d{4}[A-Z][1-9A-Z]C[0-9A-Z]"
	EMBASSY_OR_UN_BODY = r"\d{4}[A-Z]{3}\d{5}[UO]N[0-9A-Z]"
	NON_RESIDENT = r"\d{4}[A-Z]{3}\d{5}NR[0-9A-Z]"
	ONLINE_SERVICES_FROM_ABROAD = r"99\d{2}[A-Z]{3}\d{5}OS[0-9A-Z]"


_PAN = r"[A-Z]{5}\d{4}[A-Z]"
_TAN = r"[A-Z]{4}\d{5}[A-Z]"
_CIN = r"[LU]\d{5}[A-Z]{2}(?P<year>\d{4})(?:PTC|PLC|GOI|SGC|FLC|FTC|NPL|OPC|ULT|ULL|GAP|GAT)\d{6}"
_LLPIN = r"[A-Z]{3}\d{4}"
_FIRST_YEAR = 1850


def judge_pan(text: str | None) -> Judgement:
	"""A fourth letter that no source names is doubtful, not refused."""
	number = normalized(text)
	if not _has_form(_PAN, number):
		return Judgement(number, Fault.FORM)
	return Judgement(number, is_doubtful=holder_of(number) is None)


def judge_gstin(text: str | None) -> Judgement:
	"""The check character is Luhn's modulo 36, over digits and letters."""
	number = normalized(text)
	if registration_of(number) is None:
		return Judgement(number, Fault.FORM)
	if state_code_of(number) is None:
		return Judgement(number, Fault.STATE)
	if luhn.checksum(number, DIGITS_AND_LETTERS) != 0:
		return Judgement(number, Fault.CHECKSUM)
	return Judgement(number)


def judge_tan(text: str | None) -> Judgement:
	number = normalized(text)
	return Judgement(number, None if _has_form(_TAN, number) else Fault.FORM)


def judge_cin(text: str | None, this_year: int) -> Judgement:
	number = normalized(text)
	match = re.fullmatch(_CIN, number, re.ASCII)
	if not match:
		return Judgement(number, Fault.FORM)
	is_founded = _FIRST_YEAR <= int(match["year"]) <= this_year
	return Judgement(number, None if is_founded else Fault.YEAR)


def judge_llpin(text: str | None) -> Judgement:
	"""Kept with its hyphen: `AAB-1234`."""
	number = normalized(text)
	if not _has_form(_LLPIN, number):
		return Judgement(number, Fault.FORM)
	return Judgement(f"{number[:3]}-{number[3:]}")


def holder_of(pan: str) -> Holder | None:
	"""Who holds a well-formed PAN; None where its fourth letter is unknown."""
	return next((holder for holder in Holder if holder.value == pan[3:4]), None)


def registration_of(gstin: str) -> Registration | None:
	return next((kind for kind in Registration if _has_form(kind.value, gstin)), None)


def pan_of(gstin: str) -> str | None:
	"""The PAN within a GSTIN; None where its kind of registration has none."""
	pan = gstin[2:12]
	return pan if len(gstin) == 15 and _has_form(_PAN, pan) else None


def state_code_of(gstin: str) -> str | None:
	"""The code of today's state; None where there is no such state."""
	code = FORMER_STATES.get(gstin[:2], gstin[:2])
	return code if code in STATES else None


def _has_form(form: str, number: str) -> bool:
	return re.fullmatch(form, number, re.ASCII) is not None
