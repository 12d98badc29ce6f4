"""Every read of netting agreements."""

from datetime import date

import frappe
from frappe.model.document import Document
from frappe.utils import getdate

from branch_crm.branch_access import queries as access_queries
from branch_crm.party_netting.queries import exact
from branch_crm.party_netting.rules import Order, Terms

AGREEMENT = "Netting Agreement"
BY_SECOND_PERSON = "By a Second Person"


def lasting(customer: str, supplier: str) -> list[str]:
	"""The agreements of a pair that nobody has ended."""
	pair = {"customer": customer, "supplier": supplier, "status": ["!=", "Ended"]}
	return frappe.get_all(AGREEMENT, pair, pluck="name")


def overlapping(agreement: Document) -> str | None:
	"""Another agreement of the same parties and company on the same days."""
	# who makes another one for this customer waits, and then sees this one
	frappe.db.get_value("Customer", agreement.customer, "name", for_update=True)
	others = frappe.db.get_values(
		AGREEMENT,
		{
			"name": ["!=", agreement.name or ""],
			"status": ["!=", "Ended"],
			**{field: agreement.get(field) for field in ("company", "customer", "supplier")},
		},
		["name", "valid_from", "valid_to"],
		as_dict=True,
		for_update=True,
	)
	begins, ends = _days(agreement)
	return next((one.name for one in others if _days(one)[0] <= ends and begins <= _days(one)[1]), None)


def asked_before(agreement: Document) -> frappe._dict | None:
	"""The last agreement of the same parties and company, if it asked for a second person: its role."""
	same = {field: agreement.get(field) for field in ("company", "customer", "supplier")}
	found = frappe.get_all(
		AGREEMENT,
		{**same, "name": ["!=", agreement.name or ""]},
		["approval", "approver_role"],
		order_by="creation desc",
		limit=1,
	)
	return found[0] if found and found[0].approval == BY_SECOND_PERSON else None


def is_valid_on(agreement: Document, day: date) -> bool:
	begins, ends = _days(agreement)
	return begins <= day <= ends


def terms_of(agreement: Document) -> Terms:
	tree = access_queries.tree()
	branches = (tree.with_descendants(row.branch) for row in agreement.excluded_branches)
	return Terms(
		currency=agreement.currency,
		order=Order(agreement.settlement_order),
		minimum=exact(agreement.minimum_amount),
		with_on_hold=not agreement.exclude_on_hold,
		with_disputed=not agreement.exclude_disputed,
		with_not_yet_due=not agreement.exclude_not_yet_due,
		voucher_types=frozenset(row.document_type for row in agreement.excluded_voucher_types),
		branches=frozenset().union(*branches),
	)


def is_common_accounting_on() -> bool:
	"""Whether ERPNext posts a journal for every invoice of a secondary party by itself."""
	return bool(frappe.db.get_single_value("Accounts Settings", "enable_common_party_accounting"))


def _days(agreement: Document) -> tuple[date, date]:
	return getdate(agreement.valid_from), getdate(agreement.valid_to) if agreement.valid_to else date.max
