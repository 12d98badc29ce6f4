"""The net position of a customer who is also a supplier: a view, nothing is posted."""

import frappe
from frappe import _

from branch_crm.party_netting import link_queries, queries, rules
from branch_crm.party_netting.rules import Item, Side

_LISTS = {Side.RECEIVABLE: "receivables", Side.PAYABLE: "payables"}


def readable_supplier(customer: str, company: str) -> str:
	"""The supplier that a customer also is.

	Raises:
	        frappe.PermissionError: the session's user may not read it, the company, or invoices of both sides.
	        frappe.ValidationError: there is none.
	"""
	frappe.get_doc("Company", company).check_permission()
	for doctype in ("Sales Invoice", "Purchase Invoice"):
		frappe.has_permission(doctype, throw=True)
	supplier = link_queries.other_party("Customer", customer)
	if not supplier:
		frappe.throw(
			_("{0} is not linked with a supplier. Tick {1} first.").format(
				frappe.bold(customer), frappe.bold(_("Is Also a Supplier"))
			),
			title=_("Net Position"),
		)
	frappe.get_doc("Supplier", supplier).check_permission()
	return supplier


def readable_pairs(customer: str | None = None) -> list[tuple[str, str]]:
	"""The customers, or this one, with the suppliers that they also are, of which the session's user may read both."""
	linked = {"is_also_supplier": 1, "linked_supplier": ["is", "set"]}
	if customer:
		linked["name"] = customer
	pairs = frappe.get_list("Customer", linked, ["name", "linked_supplier"], limit_page_length=0)
	names = [pair.linked_supplier for pair in pairs] or [""]
	suppliers = frappe.get_list("Supplier", {"name": ["in", names]}, pluck="name", limit_page_length=0)
	readable = set(suppliers)
	return [(pair.name, pair.linked_supplier) for pair in pairs if pair.linked_supplier in readable]


def position_of(customer: str, supplier: str, company: str) -> dict:
	items = queries.open_items(customer, supplier, company)
	position = rules.position(items)
	listed = {
		name: [
			_said_of(item)
			for item in sorted(items, key=lambda item: (item.due, item.key))
			if item.side is side
		]
		for side, name in _LISTS.items()
	}
	return {
		"receivable": float(position.receivable),
		"payable": float(position.payable),
		"net": float(position.net),
		"currency": frappe.get_cached_value("Company", company, "default_currency"),
		"supplier": supplier,
		**listed,
	}


def _said_of(item: Item) -> dict:
	fields = ("voucher_type", "voucher_no", "posting_date", "due_date", "branch", "account", "currency")
	said = {field: getattr(item, field) for field in fields}
	return said | {"outstanding": float(item.outstanding), "amount": float(item.amount)}
