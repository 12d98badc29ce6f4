"""Functions of Frappe and ERPNext that look up prices, vouchers and settings of whoever they are told, answered anew for
whoever branches or parties limit. Everybody else gets their own answer."""

import frappe
from erpnext.accounts.doctype.bank_guarantee import bank_guarantee
from erpnext.accounts.doctype.unreconcile_payment import unreconcile_payment
from erpnext.controllers import queries as erpnext_queries
from erpnext.controllers import sales_and_purchase_return
from erpnext.selling.page.point_of_sale import point_of_sale
from erpnext.stock import get_item_details as details
from erpnext.stock.doctype.shipment import shipment
from erpnext.support.doctype.service_level_agreement import service_level_agreement
from frappe.core.doctype.user_permission import user_permission
from frappe.desk.form import load
from frappe.geo import utils as geo
from frappe.model.document import Document
from frappe.utils import flt, get_safe_filters, today

from branch_crm.branch_access import own_rows_api, permissions, queries, refusals, user_permissions

# what has payments to be undone
_PAID = ("Sales Invoice", "Purchase Invoice", "Payment Entry", "Journal Entry")
# by the kind of a map, where a document says its place
_PLACES = {"location_field": ["location"], "coordinates": ["latitude", "longitude"]}
_BLANKET_ORDER = ("blanket_order", "blanket_order_rate")


@frappe.whitelist()
def get_item_details(
	args: str | dict,
	doc: str | dict | Document | None = None,
	for_validate: bool | int | str = False,
	overwrite_warehouse: bool | int | str = True,
) -> dict:
	"""ERPNext's own for the row of an item, with the blanket order of anybody in a quotation."""
	found = details.get_item_details(args, doc, for_validate, overwrite_warehouse)
	if queries.is_limited() and not _own_blanket_order(found):
		found.update(dict.fromkeys(_BLANKET_ORDER))
	return found


@frappe.whitelist()
def get_blanket_order_details(args: str | dict) -> dict | str | None:
	"""ERPNext's own for the blanket order on an item, of anybody where the party is not named."""
	found = details.get_blanket_order_details(frappe._dict(frappe.parse_json(args)))
	return _own_blanket_order(found) if found and queries.is_limited() else found


def _own_blanket_order(found: dict) -> dict | None:
	name = found.get("blanket_order")
	return found if not name or permissions.reaches("Blanket Order", name, frappe.session.user) else None


@frappe.whitelist()
def get_batch_based_item_price(params: str | dict, item_code: str) -> float:
	"""ERPNext's own for the price of a batch: that of any party where one's own has none. Then that for everybody."""
	params = frappe._dict(frappe.parse_json(params))
	if not queries.is_limited():
		return details.get_batch_based_item_price(params, item_code)
	for_everybody = {**params, "customer": None, "supplier": None}
	prices = (
		details.get_item_price(asked, item_code, force_batch_no=True) for asked in (params, for_everybody)
	)
	_name, rate, uom = next((found[0] for found in prices if found), (None, 0, None))
	is_free = params.get("items", [{}])[0].get("is_free_item")
	return flt(rate) if uom == params.get("uom") and not is_free else 0.0


@frappe.whitelist()
def get_items(
	start: int | str,
	page_length: int | str,
	price_list: str,
	item_group: str,
	pos_profile: str,
	search_term: str = "",
) -> dict | list:
	"""ERPNext's own for the items at a till, with the latest price, for whomever it is."""
	answer = point_of_sale.get_items(start, page_length, price_list, item_group, pos_profile, search_term)
	items = answer["items"] if answer and queries.is_limited() else []
	named = {"price_list": price_list, "item_code": ["in", [item["item_code"] for item in items]]}
	special = {"or_filters": {"customer": ["is", "set"], "supplier": ["is", "set"]}, "pluck": "item_code"}
	priced = set(frappe.get_all("Item Price", named, **special)) if items else ()
	for item in items:
		if item["item_code"] in priced:
			asked = {"price_list": price_list, "uom": item.get("uom"), "transaction_date": today()}
			found = details.get_item_price(asked, item["item_code"])
			item["price_list_rate"] = found[0][1] if found else None
	return answer


@frappe.whitelist()
def get_payment_data(invoice: str) -> list[dict]:
	"""ERPNext's own for how an invoice, or one of a till, was paid."""
	if not queries.is_limited():
		return sales_and_purchase_return.get_payment_data(invoice)
	user = frappe.session.user
	own = [kind for kind in ("Sales Invoice", "POS Invoice") if permissions.reaches(kind, invoice, user)]
	paid = {"parent": invoice, "parenttype": ["in", own]}
	return frappe.get_all("Sales Invoice Payment", paid, ["mode_of_payment", "amount"])


@frappe.whitelist()
def get_payment_terms_for_references(
	doctype: str, txt: str, searchfield: str, start: int, page_len: int, filters: str | dict | list | None
) -> list:
	"""ERPNext's own for the terms of a voucher, of whatever kind and branch."""
	found = erpnext_queries.get_payment_terms_for_references(
		doctype, txt, searchfield, start, page_len, get_safe_filters(filters)
	)
	if not found or not queries.is_limited():
		return found
	reference = get_safe_filters(filters)["reference"]
	kinds = frappe.get_all("Payment Schedule", {"parent": reference}, pluck="parenttype", distinct=True)
	own = [kind for kind in kinds if permissions.reaches(kind, reference, frappe.session.user)]
	terms = {"parent": reference, "parenttype": ["in", own]}
	return frappe.get_all("Payment Schedule", terms, ["payment_term"], limit=page_len, as_list=True)


@frappe.whitelist()
def get_company_contact(user: str) -> dict:
	"""ERPNext's own for how somebody is called and reached: not the portal users of others."""
	if queries.is_limited() and user not in user_permissions.known_among([user], frappe.session.user):
		refusals.refuse_missing("User", user)
	return shipment.get_company_contact(user)


@frappe.whitelist()
def get_user_info_for_viewers(users: str | list) -> dict:
	"""Frappe's own for who looks at a document: not the portal users of others."""
	users = frappe.parse_json(users)
	if queries.is_limited():
		known = user_permissions.known_among(users, frappe.session.user)
		users = [user for user in users if user in known]
	return load.get_user_info_for_viewers(frappe.as_json(users))


@frappe.whitelist()
def get_voucher_details(bank_guarantee_type: str, reference_name: str) -> dict | None:
	"""ERPNext's own for the order that a bank guarantees."""
	doctype = "Sales Order" if bank_guarantee_type == "Receiving" else "Purchase Order"
	if queries.is_limited() and not permissions.reaches(doctype, reference_name, frappe.session.user):
		refusals.refuse_missing(doctype, reference_name)
	return bank_guarantee.get_voucher_details(bank_guarantee_type, reference_name)


@frappe.whitelist()
def doc_has_references(doctype: str | None = None, docname: str | None = None) -> int:
	"""ERPNext's own for whether a voucher is allocated; of which kind it is, it need not know."""
	if not _may_be_allocated(doctype):
		return 0
	return unreconcile_payment.doc_has_references(doctype, docname)


@frappe.whitelist()
def get_linked_payments_for_doc(
	company: str | None = None, doctype: str | None = None, docname: str | None = None
) -> list[dict]:
	"""ERPNext's own for what a voucher is allocated to, in whatever branch."""
	if not _may_be_allocated(doctype):
		return []
	found = unreconcile_payment.get_linked_payments_for_doc(company, doctype, docname)
	return own_rows_api.own_vouchers(found) if queries.is_limited() else found


def _may_be_allocated(doctype: str | None) -> bool:
	"""ERPNext looks for the name alone, which a document of another kind may have as well."""
	return not queries.is_limited() or doctype in _PAID


@frappe.whitelist()
def get_user_permissions(user: str | None = None) -> dict:
	"""Frappe's own for the permissions of a user: of oneself."""
	return user_permission.get_user_permissions(frappe.session.user if queries.is_limited() else user)


@frappe.whitelist()
def check_opening_entry(user: str) -> list[dict]:
	"""ERPNext's own for the tills that a user has opened: oneself."""
	return point_of_sale.check_opening_entry(frappe.session.user if queries.is_limited() else user)


@frappe.whitelist()
def get_coords(doctype: str, filters: str | list | dict | None, type: str) -> dict:
	"""Frappe's own for the map of a list; it adds permissions to filters, but not so that they hold."""
	if not queries.is_limited():
		return geo.get_coords(doctype, filters, type)
	if type not in _PLACES:
		return geo.convert_to_geojson(type, None)
	fields = _PLACES[type]
	shown = {"filters": get_safe_filters(filters), "limit_page_length": 0}
	return geo.convert_to_geojson(type, frappe.get_list(doctype, fields=["name", *fields], **shown))


@frappe.whitelist()
def get_sla_doctypes() -> list[str]:
	"""ERPNext's own for the kinds of documents with a service level agreement: of any customer."""
	if not queries.is_limited():
		return service_level_agreement.get_sla_doctypes()
	agreements = frappe.get_all("Service Level Agreement", {"enabled": 1}, ["name", "document_type"])
	names = {one.name for one in agreements}
	own = permissions.reached_among("Service Level Agreement", names, frappe.session.user)
	return sorted({one.document_type for one in agreements if one.name in own})
