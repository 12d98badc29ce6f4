"""What ERPNext finds by itself when a document is saved, among the documents of all branches: by a mail address, by what a
bank writes, by a number that somebody else uses already."""

import re

import frappe
from erpnext.accounts.utils import get_fiscal_year
from frappe import _
from frappe.model.document import Document
from frappe.utils import flt, nowdate

from branch_crm.branch_access import change_rights, link_queries, permissions, queries

# whom an issue finds by a mail address
_BY_ADDRESS = ("contact", "customer", "lead")
# what is to be unique, with what, and the setting (and its value) that makes ERPNext refuse
_UNIQUE = {
	"Lead": ("email_id", (), ("CRM Settings", "allow_lead_duplication_based_on_emails", 0)),
	"Purchase Invoice": (
		"bill_no",
		("supplier",),
		("Accounts Settings", "check_supplier_invoice_uniqueness", 1),
	),
	"Sales Order": (
		"po_no",
		("customer",),
		("Selling Settings", "allow_against_multiple_purchase_orders", 0),
	),
}


def forget_foreign_found(doc: Document, method: str | None = None) -> None:
	"""Whom ERPNext found by a mail address, where whoever typed it does not see them."""
	if not queries.is_limited() or (
		doc.flags.ignore_permissions and not queries.is_by_party(frappe.session.user)
	):
		return
	news = {link.key for link in link_queries.changed_links(doc)}
	for fieldname in _BY_ADDRESS:
		key = (doc.meta.get_field(fieldname).options, doc.get(fieldname))
		if key in news and not permissions.reaches(*key, frappe.session.user):
			doc.set(fieldname, None)


def forget_foreign_party(doc: Document, method: str | None = None) -> None:
	"""The same of the party of an appointment, or of what a bank has written. A visitor of the website is found to be who
	his mail address says, or he could not confirm it."""
	kind = "party_type" if doc.meta.has_field("party_type") else "appointment_with"
	if not (doc.party and doc.get(kind)) or not queries.is_limited_by_branch():
		return
	if not permissions.reaches(doc.get(kind), doc.party, frappe.session.user):
		doc.update({kind: None, "party": None})


def forget_foreign_timelines(doc: Document, method: str | None = None) -> None:
	"""A mail stands in the timelines of those to whom its addresses belong, as far as its sender sees them."""
	if not queries.is_limited_by_branch():
		return
	before = doc.get_doc_before_save()
	stored = {(row.link_doctype, row.link_name) for row in before.timeline_links} if before else set()
	for row in list(doc.timeline_links):
		key = (row.link_doctype, row.link_name)
		if key not in stored and not permissions.reaches(*key, frappe.session.user):
			doc.remove(row)
			if method == "after_insert":
				frappe.db.delete(row.doctype, {"name": row.name})


def forget_foreign_prospects(doc: Document, method: str | None = None) -> None:
	"""The prospect that a lead is in takes part in the lead's events: once they are made, ERPNext adds it."""
	if doc.is_new() or not queries.is_limited_by_branch():
		return
	added = [row for row in doc.event_participants if row.is_new() and row.reference_doctype == "Prospect"]
	for row in added:
		if not permissions.reaches("Prospect", row.reference_docname, frappe.session.user):
			doc.remove(row)


def forget_foreign_prospect(doc: Document, method: str | None = None) -> None:
	"""An opportunity of a lead is called after the lead, where ERPNext calls it after a prospect of other branches that the
	lead is in."""
	if doc.opportunity_from != "Lead" or not doc.party_name or not queries.is_limited_by_branch():
		return
	prospects = frappe.get_all("Prospect Lead", {"lead": doc.party_name}, pluck="parent")
	reached = permissions.reached_among("Prospect", prospects, frappe.session.user)
	if doc.customer_name in set(prospects) - reached:
		names = frappe.db.get_value("Lead", doc.party_name, ["company_name", "lead_name"])
		doc.customer_name = next(filter(None, names), None)


def leave_foreign_prospect(doc: Document, method: str | None = None) -> None:
	"""ERPNext adds the opportunity of a lead to the prospect that the lead is in, whosever that is."""
	# as only `Opportunity.update_prospect` saves it
	is_beside = doc.flags.ignore_mandatory and doc.flags.ignore_permissions and queries.is_limited_by_branch()
	if is_beside and not doc.is_new() and not permissions.reaches(doc.doctype, doc.name, frappe.session.user):
		doc.reload()


def show_own_finds(doc: Document, method: str | None = None) -> None:
	"""The form of a lead shows the customer and the prospects that were made of it, in whatever branch."""
	if not queries.is_limited_by_branch():
		return
	shown, user = doc.get_onload(), frappe.session.user
	if shown.get("is_customer") and not permissions.reaches("Customer", shown["is_customer"], user):
		shown["is_customer"] = None
	prospects = {row["parent"] for row in shown.get("linked_prospects") or ()}
	own = permissions.reached_among("Prospect", prospects, user)
	shown["linked_prospects"] = [row for row in shown.get("linked_prospects") or () if row["parent"] in own]


def forget_foreign_calls(doc: Document, method: str | None = None) -> None:
	"""A new contact is linked to the calls of its numbers that its maker may change, of those of all branches."""
	if not queries.is_limited_by_branch():
		return
	linked = {"parenttype": "Call Log", "link_doctype": doc.doctype, "link_name": doc.name}
	rows = frappe.get_all("Dynamic Link", linked, ["name", "parent"])
	kept = change_rights.changeable_among("Call Log", {row.parent for row in rows}, frappe.session.user)
	foreign = [row.name for row in rows if row.parent not in kept]
	frappe.db.delete("Dynamic Link", {"name": ["in", foreign]})


def forget_foreign_advances(doc: Document, method: str | None = None, source: Document | None = None) -> None:
	"""ERPNext allocates what a party has paid in advance, in whatever branch. What others were paid is left to them, and
	what it took of the invoice goes to one's own."""
	if not queries.is_limited_by_branch():
		return
	before = doc.get_doc_before_save()
	kept = {_advance(row) for row in before.advances} if before else set()
	kept |= change_rights.changeable(map(_advance, doc.advances), frappe.session.user)
	allocated = sum(flt(row.allocated_amount) for row in doc.advances)
	foreign = [row for row in doc.advances if _advance(row) not in kept]
	if not foreign:
		return
	for row in foreign:
		doc.remove(row)
	for row in doc.advances:
		row.allocated_amount = min(allocated, flt(row.advance_amount))
		allocated -= row.allocated_amount
	doc.set_advance_gain_or_loss()


def _advance(row: Document) -> tuple[str, str]:
	return row.reference_type, row.reference_name


def require_party(doc: Document, method: str | None = None) -> None:
	"""ERPNext would look for whom the mail address of an opportunity belongs to, in all branches."""
	if queries.is_limited_by_branch() and not doc.party_name and not doc.flags.ignore_permissions:
		frappe.throw(
			_("Choose the lead, prospect or customer."), frappe.MandatoryError, title=_("Opportunity From")
		)


def refuse_taken(doc: Document, method: str | None = None) -> None:
	"""Say that a number or address is taken, as ERPNext does, but not by what."""
	fieldname, _with, setting = _UNIQUE[doc.doctype]
	is_refused = bool(frappe.db.get_single_value(*setting[:2])) == bool(setting[2])
	if is_refused and _foreign_holders(doc):
		label = frappe.bold(_(doc.meta.get_label(fieldname)))
		frappe.throw(_("{0} is taken by another document.").format(label), frappe.DuplicateEntryError)


def name_no_holder(doc: Document, method: str | None = None) -> None:
	"""Where ERPNext only warns, it names the other document."""
	holders = [re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])") for name in _foreign_holders(doc)]
	log = frappe.local.message_log
	log[:] = [message for message in log if not any(name.search(str(message)) for name in holders)]


def _foreign_holders(doc: Document) -> list[str]:
	"""Those of other branches that ERPNext would find."""
	fieldname, others, _setting = _UNIQUE[doc.doctype]
	if not queries.is_limited_by_branch() or not doc.get(fieldname) or doc.get("skip_delivery_note"):
		return []
	wanted = {field: doc.get(field) for field in (fieldname, *others)}
	wanted |= {"name": ["!=", doc.name or ""], "docstatus": ["<", 2]}
	if doc.doctype == "Purchase Invoice":
		year = get_fiscal_year(doc.posting_date or nowdate(), company=doc.company, as_dict=True)
		wanted["posting_date"] = ["between", [year.year_start_date, year.year_end_date]]
	names = frappe.get_all(doc.doctype, wanted, pluck="name")
	reached = permissions.reached_among(doc.doctype, names, frappe.session.user)
	return [name for name in names if name not in reached]
