"""What a customer has for its documents, by their branch."""

from collections.abc import Collection

import frappe
from erpnext.accounts.party import get_party_shipping_address
from frappe.contacts.doctype.address.address import get_default_address
from frappe.model.document import Document

from branch_crm.branch_access import queries
from branch_crm.customer_master.nearest_rules import nearest

ROWS = "Customer Branch Default"
ADDRESSES = ("billing_address", "shipping_address")
_TRANSPORTER = "preferred_transporter"
# field of the customer's rows: the field of documents that it fills
FILLS = {
	_TRANSPORTER: "transporter",
	"billing_address": "customer_address",
	"shipping_address": "shipping_address_name",
}
# links in the rows of a document to what it goes on from, that with a transporter of its own first
_SOURCES = {
	"delivery_note": "Delivery Note",
	"against_sales_order": "Sales Order",
	"sales_order": "Sales Order",
}


def customer_of(doc: Document) -> str | None:
	if doc.doctype == "Quotation":
		return doc.party_name if doc.quotation_to == "Customer" else None
	return doc.get("customer")


def values_for(doc: Document) -> dict[str, str]:
	"""What a new document takes from its customer, by fieldname: that of its branch, or of the nearest branch above
	that has any; a transporter also of no branch, and before all that of what the document goes on from. What is
	disabled, or is no longer the customer's, is passed over."""
	customer = customer_of(doc)
	if not customer:
		return {}
	rows = frappe.get_all(ROWS, {"parenttype": "Customer", "parent": customer}, ["branch", *FILLS])
	addresses = usable_addresses(customer, [row[kind] for row in rows for kind in ADDRESSES])
	values = {
		FILLS[kind]: _nearest(doc, {row.branch: row[kind] for row in rows if row[kind] in addresses})
		for kind in ADDRESSES
	}
	if doc.meta.has_field(FILLS[_TRANSPORTER]):
		by_branch = {row.branch: row[_TRANSPORTER] for row in rows}
		values[FILLS[_TRANSPORTER]] = _transporter(doc, customer, by_branch)
	return {
		fieldname: value for fieldname, value in values.items() if value and doc.meta.has_field(fieldname)
	}


def _transporter(doc: Document, customer: str, by_branch: dict[str, str | None]) -> str | None:
	own = frappe.db.get_value("Customer", customer, _TRANSPORTER)
	continued = _continued_transporter(doc)
	suppliers = usable_transporters([own, continued, *by_branch.values()])
	of_branches = {branch: name for branch, name in by_branch.items() if name in suppliers}
	wanted = (continued, _nearest(doc, of_branches), own)
	return next((name for name in wanted if name in suppliers), None)


def _nearest(doc: Document, values: dict[str, str]) -> str | None:
	return nearest(doc.get(queries.branch_field()), queries.tree(), values)


def _continued_transporter(doc: Document) -> str | None:
	"""That of the order or delivery that `doc` goes on from: India Compliance's field is not copied along."""
	for fieldname, source in _SOURCES.items():
		names = {row.get(fieldname) for row in doc.get("items")} - {None, ""}
		if names and frappe.get_meta(source).has_field("transporter"):
			named = {"name": ["in", list(names)], "transporter": ["is", "set"]}
			if found := frappe.db.get_value(source, named, "transporter"):
				return found
	return None


def usable_transporters(names: Collection[str | None]) -> set[str]:
	"""Those of these suppliers that carry goods and are not disabled."""
	if not (named := list(filter(None, names))):
		return set()
	usable = {"name": ["in", named], "is_transporter": 1, "disabled": 0}
	return set(frappe.get_all("Supplier", usable, pluck="name"))


def usable_addresses(customer: str, names: Collection[str | None]) -> set[str]:
	"""Those of these addresses that are the customer's and not disabled."""
	if not (named := list(filter(None, names))):
		return set()
	link = {"link_doctype": "Customer", "link_name": customer, "parenttype": "Address"}
	linked = frappe.get_all("Dynamic Link", {**link, "parent": ["in", named]}, pluck="parent")
	return set(frappe.get_all("Address", {"name": ["in", linked], "disabled": 0}, pluck="name"))


def usual_addresses(customer: str) -> dict[str, list[str]]:
	"""What ERPNext fills in by itself, by the fields of documents."""
	usual = {
		"customer_address": get_default_address("Customer", customer),
		"shipping_address_name": get_party_shipping_address("Customer", customer),
	}
	return {fieldname: [address] for fieldname, address in usual.items() if address}
