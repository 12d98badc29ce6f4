"""Where the papers of a branch go: the customer's billing and shipping address for it."""

import frappe
import pytest
from frappe.model.document import Document

from branch_crm.customer_master.customer_default_events import CustomerDefaultError
from branch_crm.demo.records import COMPANY
from tests.site import documents, goods
from tests.site.company import as_user, let_delete, make_customer, make_tree, make_user, switch_on
from tests.site.http_requests import call, send

PAPERS = ("Quotation", "Sales Order", "Delivery Note", "Sales Invoice")
API = "branch_crm.customer_master.customer_default_api.defaults_for"
ITS_OWN = ("Delhi Desk", "Delhi Gate")


def _address(title: str, customer: str = "Placed", **values) -> str:
	address = {"doctype": "Address", "address_title": title, "address_type": "Other", "address_line1": title}
	links = [{"link_doctype": "Customer", "link_name": customer}]
	address.update({"city": "Delhi", "state": "Delhi", "country": "India", "links": links, **values})
	return frappe.get_doc(address).insert().name


@pytest.fixture(autouse=True)
def places() -> dict[str, str]:
	"""ERPNext's own proposal is Main; Delhi's papers go to its desk and gate, and all of North's goods to the hub."""
	make_tree()
	documents.make_item()
	customer = make_customer("Placed", "Delhi", "Agra", "Mumbai")
	flags = {"is_primary_address": 1, "is_shipping_address": 1}
	made = {title: _address(title) for title in (*ITS_OWN, "North Hub")}
	made["Main"] = _address("Main", **flags)
	rows = {"Delhi": ITS_OWN, "North": (None, "North Hub")}
	for branch, titles in rows.items():
		billing, shipping = (made.get(title) for title in titles)
		row = {"branch": branch, "billing_address": billing, "shipping_address": shipping}
		customer.append("branch_defaults", row)
	customer.save()
	return made


def _paper(doctype: str, branch: str = "Delhi", **values) -> Document:
	return documents.sales(doctype, "Placed", submit=False, branch=branch, **values)


def _places(paper: Document) -> tuple[str | None, str | None]:
	return paper.customer_address, paper.shipping_address_name


@pytest.mark.parametrize("doctype", PAPERS)
def test_a_paper_goes_where_its_branch_says(doctype: str, places: dict) -> None:
	paper = _paper(doctype)
	assert _places(paper) == (places["Delhi Desk"], places["Delhi Gate"])
	assert ("Delhi Desk" in paper.address_display, "Delhi Gate" in paper.shipping_address) == (True, True)
	agra = _paper(doctype, "Agra")
	assert _places(agra) == (places["Main"], places["North Hub"])
	assert _places(_paper(doctype, "Mumbai")) == (places["Main"], places["Main"])


def test_a_counter_sale_goes_there_too(places: dict) -> None:
	sale = {"doctype": "POS Invoice", "customer": "Placed", "branch": "Delhi", "company": COMPANY}
	sale = frappe.get_doc({**sale, "items": []})
	sale.set("__islocal", 1)
	sale.run_method("before_validate")
	assert _places(sale) == (places["Delhi Desk"], places["Delhi Gate"])


@pytest.mark.parametrize("doctype", PAPERS)
def test_what_somebody_chose_stays(doctype: str, places: dict) -> None:
	# also where it is what ERPNext would have proposed
	paper = _paper(doctype, customer_address=places["Main"], shipping_address_name=places["North Hub"])
	assert _places(paper) == (places["Main"], places["North Hub"])
	paper.branch = "Agra"
	paper.save()
	assert _places(paper) == (places["Main"], places["North Hub"])


def test_what_was_chosen_goes_along_to_delivery_and_invoice(places: dict) -> None:
	order = _paper("Sales Order", customer_address=places["Main"])
	order.submit()
	for make in (documents.make_delivery_note, documents.make_sales_invoice):
		assert _places(make(order.name).insert()) == (places["Main"], places["Delhi Gate"])


@pytest.mark.parametrize("doctype", PAPERS)
def test_the_taxes_are_those_of_the_address(doctype: str, places: dict) -> None:
	for category in ("Zq Near", "Zq Far"):
		frappe.get_doc({"doctype": "Tax Category", "title": category}).insert()
		rule = {"doctype": "Tax Rule", "tax_type": "Sales", "tax_category": category, "company": COMPANY}
		frappe.get_doc({**rule, "sales_tax_template": _taxes(category)}).insert()
	frappe.db.set_single_value("Accounts Settings", "determine_address_tax_category_from", "Billing Address")
	frappe.db.set_value("Address", places["Main"], "tax_category", "Zq Far")
	frappe.db.set_value("Address", places["Delhi Desk"], "tax_category", "Zq Near")
	far, near = _paper(doctype, "Mumbai"), _paper(doctype)
	assert [paper.tax_category for paper in (far, near)] == ["Zq Far", "Zq Near"]
	assert [paper.taxes_and_charges for paper in (far, near)] == [_named("Zq Far"), _named("Zq Near")]


def _named(title: str) -> str:
	return frappe.db.get_value("Sales Taxes and Charges Template", {"title": title})


def _taxes(title: str) -> str:
	template = {"doctype": "Sales Taxes and Charges Template", "title": title, "company": COMPANY}
	return frappe.get_doc({**template, "taxes": goods.taxes()}).insert().name


def test_what_is_no_longer_the_customer_s_is_passed_over(places: dict) -> None:
	frappe.db.set_value("Address", places["Delhi Desk"], "disabled", 1)
	gate = frappe.get_doc("Address", places["Delhi Gate"])
	gate.links = []
	gate.save()
	assert _places(_paper("Sales Order")) == (places["Main"], places["North Hub"])


def test_only_addresses_of_the_customer_are_kept(places: dict) -> None:
	make_customer("Other", "Delhi")
	foreign, closed = _address("Elsewhere", "Other"), _address("Closed", disabled=1)
	customer = frappe.get_doc("Customer", "Placed")
	for address in (foreign, closed):
		for fieldname in ("billing_address", "shipping_address"):
			customer.reload()
			customer.branch_defaults[0].set(fieldname, address)
			with pytest.raises(CustomerDefaultError, match="Row 1: This address"):
				customer.save()
	customer.reload()
	frappe.db.set_value("Address", places["Delhi Desk"], "disabled", 1)
	# what was there before stays until somebody changes it
	customer.branch_defaults[0].shipping_address = places["North Hub"]
	customer.save()


def test_addresses_of_other_branches_are_not_found(places: dict) -> None:
	make_customer("Theirs", "Mumbai")
	theirs = _address("Theirs", "Theirs")
	user = make_user("delhi", "Delhi")
	switch_on()
	row = {"branch": "Delhi", "billing_address": theirs}
	answer = send(user, "PUT", "/api/resource/Customer/Placed", branch_defaults=[row])
	assert answer.status in (403, 404, 417), answer.text


def test_an_address_goes_with_its_customer_and_is_proposed_no_more(places: dict) -> None:
	let_delete()
	frappe.delete_doc("Address", places["Delhi Gate"])
	row = frappe.get_doc("Customer", "Placed").branch_defaults[0]
	assert (row.billing_address, row.shipping_address) == (places["Delhi Desk"], None)
	frappe.rename_doc("Address", places["Delhi Desk"], "Delhi Counter")
	assert _paper("Sales Order").customer_address == "Delhi Counter"


def test_the_form_proposes_them_in_place_of_erpnext_s(places: dict) -> None:
	user = make_user("delhi", "Delhi", roles=goods.TRADE)
	switch_on()
	draft = {"doctype": "Sales Order", "customer": "Placed", "company": COMPANY, "branch": "Delhi"}
	assert call(user, API, doc=draft).message == {
		"values": {
			"customer_address": places["Delhi Desk"],
			"shipping_address_name": places["Delhi Gate"],
		},
		"usual": {"customer_address": [places["Main"]], "shipping_address_name": [places["Main"]]},
	}
	with as_user(user):
		order = _paper("Sales Order", customer_address=places["Main"])
	order.submit()
	invoice = documents.make_sales_invoice(order.name)
	# what came along from the order does not give way
	assert call(user, API, doc=frappe.as_json(invoice)).message["usual"] == {}
