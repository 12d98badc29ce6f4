"""Masters that are kept, each made in one line; what belongs to a party belongs to `LINK`."""

import frappe

from tests.site import goods
from tests.site.company import make_branch, make_contact, make_customer

LINK = ("Customer", "zq keeper")


def make(doctype: str, name: str) -> str:
	if doctype == "Customer":
		return make_customer(name).name
	if doctype == "Supplier":
		return goods.make_supplier(name).name
	if doctype == "Branch":
		return make_branch(name)
	if doctype == "Trade Type":
		return frappe.get_doc({"doctype": doctype, "trade_type_name": name}).insert().name
	if doctype == "Customer Category":
		return frappe.get_doc({"doctype": doctype, "customer_category_name": name}).insert().name
	if doctype == "Contact":
		return make_contact(name, LINK).name
	if doctype == "Address":
		return make_address(name, LINK)
	bank = {"doctype": "Bank", "bank_name": "zq bank"}
	frappe.get_doc(bank).insert(ignore_if_duplicate=True)
	account = {"doctype": "Bank Account", "account_name": name, "bank": "zq bank"}
	return frappe.get_doc({**account, "party_type": LINK[0], "party": LINK[1]}).insert().name


def make_address(name: str, *links: tuple[str, str]) -> str:
	address = {"doctype": "Address", "address_title": name, "address_line1": "1 Road", "city": "Delhi"}
	rows = [{"link_doctype": doctype, "link_name": link} for doctype, link in links]
	return frappe.get_doc({**address, "country": "India", "links": rows}).insert().name
