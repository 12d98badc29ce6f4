"""A customer who is also a supplier: ticked on either form, kept as ERPNext's Party Link, one to one."""

import frappe
from frappe import _
from frappe.model.document import Document

from branch_crm.customer_master.cash_queries import cash_customer
from branch_crm.party_netting import agreement_queries, link_queries, other_party
from branch_crm.party_netting.link_queries import LINK
from branch_crm.party_netting.link_rules import MIRRORS


class PartyLinkError(frappe.ValidationError):
	pass


def keep_link(doc: Document, method: str | None = None) -> None:
	"""Make the link what the form says: with the party that is chosen, with a new one where none is, or none."""
	fields = MIRRORS[doc.doctype]
	before = doc.get_doc_before_save() or frappe._dict()
	if all((doc.get(field) or None) == (before.get(field) or None) for field in (fields.tick, fields.field)):
		return
	wanted, current = _wanted(doc), link_queries.other_party(doc.doctype, doc.name)
	if wanted != current:
		_let_go(doc)
		if wanted:
			_link(doc, wanted)
	doc.db_set({fields.tick: int(bool(wanted)), fields.field: wanted}, update_modified=False)


def judge_link(doc: Document, method: str | None = None) -> None:
	"""Refuse a link of a party that has one already, which ERPNext lets pass where it is the other way round, and one of
	CASH, who is nobody in particular."""
	parties = link_queries.parties_of(doc)
	if parties.get("Customer") and parties["Customer"] == cash_customer():
		_refuse(_("The CASH customer stands for everybody who pays at once, and is nobody's supplier."))
	for doctype, name in parties.items():
		if any(link.name != doc.name for link in link_queries.links_of(doctype, name)):
			_refuse(
				_("{0} {1} is linked with another party already. End that link first.").format(
					_(doctype), frappe.bold(name)
				)
			)


def mirror_link(doc: Document, method: str | None = None) -> None:
	"""On the parties that it names, or named before, but for the one whose form made or ended it: it says so itself."""
	before = doc.get_doc_before_save()
	parties = {
		*link_queries.parties_of(doc).items(),
		*(link_queries.parties_of(before).items() if before else ()),
	}
	for doctype, name in sorted(parties):
		if doc.flags.said_by != (doctype, name):
			link_queries.mirror(doctype, name)


def refuse_changing(doc: Document, method: str | None = None) -> None:
	"""A link by which the parties settle does not become another one."""
	before = doc.get_doc_before_save()
	if before and link_queries.parties_of(before) != link_queries.parties_of(doc):
		refuse_ending(before)


def refuse_ending(doc: Document, method: str | None = None) -> None:
	"""A link by which the parties settle is not ended before its agreements are."""
	parties = link_queries.parties_of(doc)
	if parties and agreement_queries.lasting(parties["Customer"], parties["Supplier"]):
		_refuse(_("They settle by a Netting Agreement. End it first."))


def mirror_renamed(doc: Document, method: str | None, old: str, new: str, merge: bool = False) -> None:
	"""One that another one was merged into has the link of that one."""
	link_queries.mirror(doc.doctype, new)


def _wanted(doc: Document) -> str | None:
	fields = MIRRORS[doc.doctype]
	if not doc.get(fields.tick):
		return None
	return doc.get(fields.field) or other_party.make(doc).name


def _let_go(doc: Document) -> None:
	for link in link_queries.links_of(doc.doctype, doc.name):
		frappe.get_doc(MIRRORS[doc.doctype].other, link.other).check_permission("write")
		said = {"said_by": (doc.doctype, doc.name)}
		# whoever may change both parties decides whether they are one
		frappe.delete_doc(LINK, link.name, ignore_permissions=True, flags=said)


def _link(doc: Document, name: str) -> None:
	other = MIRRORS[doc.doctype].other
	frappe.get_doc(other, name).check_permission("write")
	link = frappe.get_doc(
		{
			"doctype": LINK,
			"primary_role": doc.doctype,
			"primary_party": doc.name,
			"secondary_role": other,
			"secondary_party": name,
		}
	)
	link.flags.said_by = (doc.doctype, doc.name)
	# whoever may change both parties decides whether they are one
	link.insert(ignore_permissions=True)


def _refuse(text: str) -> None:
	frappe.throw(text, PartyLinkError, title=_("Party Link"))
