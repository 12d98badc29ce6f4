"""What a branch brings to its documents."""

import frappe
from erpnext.setup.doctype.company.company import get_default_company_address
from frappe.model.document import Document
from frappe.model.naming import get_default_naming_series

from branch_crm.branch_access.registry import BRANCH

# field of the branch: fields of documents that it fills
FILLS = {
	"cost_center": ("cost_center",),
	"warehouse": ("set_warehouse",),
	"address": ("company_address", "billing_address"),
	"letter_head": ("letter_head",),
}


def values_for(doc: Document, branch: str) -> dict[str, str]:
	"""What the branch has for the fields of `doc`, by fieldname."""
	defaults = frappe.get_cached_value(BRANCH, branch, [*FILLS, "money_account"], as_dict=True) or {}
	values = {
		fieldname: defaults.get(source)
		for source, fieldnames in FILLS.items()
		for fieldname in fieldnames
		if defaults.get(source) and doc.meta.has_field(fieldname)
	}
	if doc.doctype == "Payment Entry" and defaults.get("money_account"):
		values["paid_to" if doc.payment_type == "Receive" else "paid_from"] = defaults["money_account"]
	return values


def naming_series(doctype: str, branch: str) -> str | None:
	"""The series that documents of this type have in the branch."""
	rows = {"parenttype": BRANCH, "parent": branch, "document_type": doctype}
	return frappe.db.get_value("Branch Naming Series", rows, "naming_series")


def values_with_series(doc: Document, branch: str) -> dict[str, str]:
	"""`values_for`, and the branch's series where it has one."""
	series = naming_series(doc.doctype, branch) if doc.meta.has_field("naming_series") else None
	return {**values_for(doc, branch), **({"naming_series": series} if series else {})}


def usual_values(doc: Document) -> dict[str, list[str]]:
	"""What ERPNext fills in by itself for the company of `doc`, by the fields that a branch may fill."""
	company = doc.get("company")
	columns = ["cost_center", "default_letter_head", "default_bank_account", "default_cash_account"]
	usual = frappe.get_cached_value("Company", company, columns, as_dict=True) if company else None
	usual = usual or frappe._dict()
	money = [usual.default_bank_account, usual.default_cash_account]
	address = [get_default_company_address(company)] if company else []
	found = {
		"cost_center": [usual.cost_center],
		"letter_head": [usual.default_letter_head],
		"set_warehouse": [frappe.db.get_single_value("Stock Settings", "default_warehouse")],
		"paid_to": money,
		"paid_from": money,
		"company_address": address,
		"billing_address": address,
		"naming_series": [get_default_naming_series(doc.doctype)],
	}
	return {fieldname: list(filter(None, values)) for fieldname, values in found.items()}
