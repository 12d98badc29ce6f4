"""Statutory data are judged where they are typed: what was there before stays until somebody changes it."""

from collections.abc import Callable
from dataclasses import replace

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from branch_crm.customer_master import gst_rules, india_rules, statutory_queries, statutory_rules
from branch_crm.customer_master.gst_rules import INDIA, OTHER_COUNTRIES, STATES
from branch_crm.customer_master.identifier_rules import Fault, Judgement
from branch_crm.customer_master.statutory_queries import is_own
from branch_crm.customer_master.statutory_rules import REFUSED, Discrepancy
from branch_crm.customer_master.tax_number_rules import judge_tax_number

# the fields of a party that have to agree with each other
_TOGETHER = ("country", "pan", "gstin", "cin", "llpin")
# by field, its rule and what a number looks like
_RULES: dict[str, tuple[Callable[[str], Judgement], str]] = {
	"gstin": (india_rules.judge_gstin, "27AAPFU0939F1ZV"),
	"pan": (india_rules.judge_pan, "AAPFU0939F"),
	"tan": (india_rules.judge_tan, "MUMA12345B"),
	"cin": (lambda text: india_rules.judge_cin(text, getdate().year), "U72900KA2008PTC046374"),
	"llpin": (india_rules.judge_llpin, "AAB-1234"),
}


class StatutoryDataError(frappe.ValidationError):
	pass


def judge_party(doc: Document, method: str | None = None) -> None:
	"""Keep the numbers of a customer, supplier or company as their authorities write them.

	Raises:
	        StatutoryDataError: a number that is typed has not its form, its check character or its state; or it
	                contradicts another one.
	"""
	_judge_numbers(doc)
	_judge_tax_id(doc)
	_derive_pan(doc)
	_propose_category(doc, _country_of(doc))
	if any(doc.has_value_changed(field) for field in _TOGETHER if doc.meta.has_field(field)):
		_refuse_discrepancy(doc)


def judge_address(doc: Document, method: str | None = None) -> None:
	"""The same for an address; its GST state follows from its country, its state and its GSTIN.

	Raises:
	        StatutoryDataError: as above, or its GSTIN is registered in another state.
	"""
	_judge_numbers(doc)
	country = _country_of(doc)
	if is_own("Address", "gst_state") and statutory_queries.is_company_in_india():
		_derive_state(doc, country)
	_propose_category(doc, country)
	place = statutory_queries.place_of(doc)
	if not is_own("Address", "gstin") or not (
		doc.has_value_changed("gstin") or doc.has_value_changed("gst_state")
	):
		return
	if place.gstin and country not in (None, INDIA):
		_refuse(Discrepancy.GSTIN_ABROAD)
	if statutory_rules.is_of_other_state(place):
		_refuse(Discrepancy.GSTIN_OF_OTHER_STATE)


def _judge_numbers(doc: Document) -> None:
	for fieldname, (judge, example) in _RULES.items():
		if (
			not is_own(doc.doctype, fieldname)
			or not doc.get(fieldname)
			or not doc.has_value_changed(fieldname)
		):
			continue
		judged = judge(doc.get(fieldname))
		label = _(doc.meta.get_label(fieldname))
		if judged.fault:
			frappe.throw(_sentence(judged.fault, label, example), StatutoryDataError, title=label)
		if judged.is_doubtful:
			frappe.msgprint(
				_("The fourth letter of the {0} is none of those that say who holds it.").format(label),
				title=label,
				indicator="orange",
			)
		doc.set(fieldname, judged.number)


def _judge_tax_id(doc: Document) -> None:
	fields = [field for field in ("tax_id", "country") if doc.meta.has_field(field)]
	if not doc.tax_id or not any(map(doc.has_value_changed, fields)):
		return
	country = statutory_queries.data_of(doc).country
	judged = judge_tax_number(country, doc.tax_id)
	label = _(doc.meta.get_label("tax_id"))
	if judged.fault and not doc.has_value_changed("tax_id"):
		frappe.msgprint(_("The tax number is none of this country ({0}).").format(country), alert=True)
	elif judged.fault:
		text = _("This has not the form of a tax number of its country ({0}).")
		if judged.fault is Fault.CHECKSUM:
			text = _("A character of this tax number is mistyped: its check digit does not fit ({0}).")
		frappe.throw(text.format(country), StatutoryDataError, title=label)
	doc.tax_id = judged.number
	if not judged.is_checked and country not in (None, INDIA):
		frappe.msgprint(_("Nothing is known of tax numbers of this country: it was not checked."), alert=True)


def _derive_pan(doc: Document) -> None:
	"""A PAN that was that of the former GSTIN goes along with it; another one stays, to be compared."""
	if not is_own(doc.doctype, "pan") or not doc.gstin:
		return
	before = doc.get_doc_before_save()
	was_derived = bool(before) and doc.pan == before.pan == india_rules.pan_of(before.gstin or "")
	if not doc.pan or was_derived:
		doc.pan = india_rules.pan_of(doc.gstin)


def _propose_category(doc: Document, country: str | None) -> None:
	"""What was proposed for other numbers is proposed anew; what somebody has chosen stays."""
	if not is_own(doc.doctype, "gst_category") or not statutory_queries.is_company_in_india():
		return
	before = doc.get_doc_before_save()
	proposed = before and statutory_rules.category_of(_country_of(before), before.gstin or "")
	if not doc.gst_category or (before and doc.gst_category == before.gst_category == proposed):
		doc.gst_category = statutory_rules.category_of(country, doc.gstin or "")


def _country_of(doc: Document) -> str | None:
	if doc.doctype == "Address":
		return statutory_queries.country_code(doc.country)
	return statutory_queries.data_of(doc).country


def _derive_state(doc: Document, country: str | None) -> None:
	"""Who is abroad keeps the real state, and has its own code for goods and services tax."""
	code = None
	if country not in (None, INDIA):
		code = OTHER_COUNTRIES
	elif country == INDIA:
		code = gst_rules.state_code_named(doc.state) or india_rules.state_code_of(doc.gstin or "")
	doc.gst_state, doc.gst_state_number = (STATES[code], code) if code else (None, None)


def _refuse_discrepancy(doc: Document) -> None:
	data = statutory_queries.data_of(doc)
	if not is_own(doc.doctype, "gstin"):
		# the app whose field it is compares the PAN with it, and may do so after this
		data = replace(data, gstin="")
	found = statutory_rules.discrepancies(data)
	if refused := [one for one in found if one in REFUSED]:
		_refuse(refused[0])


def _refuse(discrepancy: Discrepancy) -> None:
	sentences = {
		Discrepancy.PAN_OF_GSTIN: _(
			"The PAN is not the one within the GSTIN. Compare both with the certificates."
		),
		Discrepancy.GSTIN_ABROAD: _(
			"Who is not in India has no GSTIN of this kind. Empty it, or correct the country."
		),
		Discrepancy.GSTIN_OF_OTHER_STATE: _(
			"The GSTIN is registered in another state than that of this address. Correct one of them."
		),
		Discrepancy.CIN_AND_LLPIN: _(
			"A company has a CIN and a limited liability partnership an LLPIN. Keep one."
		),
	}
	frappe.throw(sentences[discrepancy], StatutoryDataError, title=_("Statutory Data"))


def _sentence(fault: Fault, label: str, example: str) -> str:
	"""Without the number: errors are kept, and read by others."""
	sentences = {
		Fault.FORM: _("This is no {0}: one looks like {1}."),
		Fault.CHECKSUM: _("A character of this {0} is mistyped: its last one does not fit the others."),
		Fault.STATE: _("The first two digits of this {0} are those of no state."),
		Fault.YEAR: _("The year within this {0} lies too far back, or in the future."),
	}
	return sentences[fault].format(frappe.bold(label), example)
