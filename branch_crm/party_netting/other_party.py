"""The supplier that is made of a customer, and the other way round."""

import frappe
from frappe import _
from frappe.model.document import Document

from branch_crm.branch_access import queries
from branch_crm.party_netting.link_rules import MIRRORS

# what says the same of both
_SAME = ("tax_id", "tax_category", "country", "pan", "gstin", "gst_category", "cin", "llpin", "tan")
_SAME += ("default_currency", "payment_terms", "language", "website", "image")
_OF_BRANCH = ("branch", "is_primary", "from_date", "to_date")
# where ERPNext keeps what a new party belongs to
_GROUPS = {
	"Supplier": {"supplier_group": "Buying Settings"},
	"Customer": {"customer_group": "Selling Settings", "territory": "Selling Settings"},
}


def make(doc: Document) -> Document:
	"""The other party of `doc`: with its name and legal form, statutory data, currency and terms, those of its branches
	that the session's user reaches, its contacts and addresses, and copies of its bank accounts.

	Raises:
	        frappe.PermissionError: the user may not make one.
	        frappe.DuplicateEntryError: there is one of this name.
	"""
	own, other = doc.doctype.lower(), MIRRORS[doc.doctype].other.lower()
	made = frappe.new_doc(MIRRORS[doc.doctype].other)
	made.update({field: doc.get(field) for field in _SAME if made.meta.has_field(field)})
	for part in ("name", "type"):
		made.set(f"{other}_{part}", doc.get(f"{own}_{part}"))
	for field, settings in _GROUPS[made.doctype].items():
		made.set(field, frappe.db.get_single_value(settings, field))
	scope = queries.working_scope_in_force(frappe.session.user, made.doctype)
	for row in doc.get("branches"):
		if scope.reaches(row.branch):
			made.append("branches", {field: row.get(field) for field in _OF_BRANCH})
	made.insert()
	_share(doc, made)
	for part in ("contact", "address"):
		made.set(f"{other}_primary_{part}", doc.get(f"{own}_primary_{part}"))
	made.save()
	_copy_bank_accounts(doc, made)
	return made


def _share(doc: Document, made: Document) -> None:
	"""Contacts and addresses are those of both."""
	for kind in ("Contact", "Address"):
		for name in frappe.get_all(
			"Dynamic Link",
			{"parenttype": kind, "link_doctype": doc.doctype, "link_name": doc.name},
			pluck="parent",
			distinct=True,
		):
			shared = frappe.get_doc(kind, name)
			shared.append("links", {"link_doctype": made.doctype, "link_name": made.name})
			shared.save()


def _copy_bank_accounts(doc: Document, made: Document) -> None:
	accounts = frappe.get_all("Bank Account", {"party_type": doc.doctype, "party": doc.name}, pluck="name")
	if accounts and not frappe.has_permission("Bank Account", "create"):
		frappe.msgprint(_("Its bank accounts were not copied: you may not make any."), alert=True)
		return
	for name in accounts:
		account = frappe.get_doc("Bank Account", name)
		account.check_permission()
		copy = frappe.copy_doc(account)
		# the name is made of this and the bank's
		copy.account_name = f"{account.account_name} ({_(made.doctype)})"
		copy.update({"party_type": made.doctype, "party": made.name, "account": None})
		copy.insert()
