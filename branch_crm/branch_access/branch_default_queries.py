"""What a branch brings to its documents."""

import frappe
from frappe.model.document import Document

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
