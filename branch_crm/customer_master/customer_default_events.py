"""A customer's transporter and addresses for the documents of its branches."""

from collections.abc import Iterator

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.utils import get_fetch_values

from branch_crm.branch_access import queries
from branch_crm.customer_master import customer_default_queries
from branch_crm.customer_master.custom_fields import PRICED
from branch_crm.customer_master.customer_default_queries import ADDRESSES, FILLS, ROWS


class CustomerDefaultError(frappe.ValidationError):
	pass


class ForeignDefaultError(frappe.PermissionError):
	"""It is for documents of branches that the user does not reach."""


def judge_defaults(doc: Document, method: str | None = None) -> None:
	"""Raises:
	CustomerDefaultError: a branch stands twice; a supplier that is no transporter; an address that is not this
	        customer's.
	ForeignDefaultError: a restricted user changes what is for other branches.
	"""
	rows = doc.get("branch_defaults") or []
	branches = [row.branch for row in rows]
	if len(branches) != len(set(branches)):
		_refuse(_("A branch stands twice among those with a transporter or addresses. Keep one row of it."))
	_refuse_unusable(doc, rows)
	if not doc.flags.ignore_permissions and queries.is_limited_by_branch():
		_refuse_foreign_rows(doc, rows)


def fill_from_customer(doc: Document, method: str | None = None) -> None:
	"""Fill what is empty on a new document; by the addresses ERPNext then finds their texts and the taxes."""
	if doc.doctype not in PRICED:
		return
	if doc.is_new() and not doc.get("amended_from") and not doc.get("is_return"):
		_fill(doc)
	# Frappe leaves what it fetched by a link that is emptied, and it would be printed
	if (
		doc.meta.has_field("transporter_name")
		and doc.has_value_changed("transporter")
		and not doc.transporter
	):
		doc.transporter_name = None


def _fill(doc: Document) -> None:
	values = customer_default_queries.values_for(doc)
	for fieldname, value in values.items():
		if not doc.get(fieldname):
			doc.set(fieldname, value)
			if fieldname == FILLS["preferred_transporter"]:
				doc.update(get_fetch_values(doc.doctype, fieldname, value))


def forget_address(doc: Document, method: str | None = None) -> None:
	"""An address that goes is proposed no more, or else it could not go with its customer."""
	for fieldname in ADDRESSES:
		frappe.db.set_value(ROWS, {fieldname: doc.name}, fieldname, None, update_modified=False)


def _refuse_unusable(doc: Document, rows: list[Document]) -> None:
	transporters, addresses = {}, {}
	if doc.get("preferred_transporter") and doc.has_value_changed("preferred_transporter"):
		transporters[doc.preferred_transporter] = ""
	for row, fieldname in _changed(doc, rows):
		found = transporters if fieldname == "preferred_transporter" else addresses
		found[row.get(fieldname)] = _("Row {0}: ").format(row.idx)
	for name in transporters.keys() - customer_default_queries.usable_transporters(transporters):
		_refuse(
			transporters[name]
			+ _(
				"The preferred transporter has to be a supplier that is marked as transporter and not disabled."
			)
		)
	for name in addresses.keys() - customer_default_queries.usable_addresses(doc.name, addresses):
		_refuse(
			addresses[name]
			+ _(
				"This address is not one of this customer's, or it is disabled. Link it to the customer first."
			)
		)


def _changed(doc: Document, rows: list[Document]) -> Iterator[tuple[Document, str]]:
	stored = _stored(doc)
	for row in rows:
		for fieldname in FILLS:
			if row.get(fieldname) and row.get(fieldname) != stored.get(row.name, {}).get(fieldname):
				yield row, fieldname


def _refuse_foreign_rows(doc: Document, rows: list[Document]) -> None:
	scope = queries.working_scope(frappe.session.user, doc.doctype)
	stored = _stored(doc)
	current = {row.name or f"new {row.idx}": _values(row) for row in rows}
	for name in stored.keys() | current.keys():
		before, after = stored.get(name), current.get(name)
		if before != after and not all(scope.reaches(row["branch"]) for row in (before, after) if row):
			frappe.throw(
				_("You can change only what is for documents of your own branches. Ask head office."),
				ForeignDefaultError,
				title=_("Not your branch"),
			)


def _stored(doc: Document) -> dict[str, dict]:
	before = doc.get_doc_before_save()
	return {row.name: _values(row) for row in (before.get("branch_defaults") or [])} if before else {}


def _values(row: Document) -> dict[str, str | None]:
	return {fieldname: row.get(fieldname) or None for fieldname in ("branch", *FILLS)}


def _refuse(sentence: str) -> None:
	frappe.throw(sentence, CustomerDefaultError, title=_("Transporter and Addresses"))
