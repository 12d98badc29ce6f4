"""Who carries a customer's goods: kept on the customer and for its branches, taken by its papers and printed on them."""

from unittest.mock import patch

import frappe
import pytest
from erpnext.stock.doctype.delivery_note.delivery_note import make_sales_invoice as invoice_of_delivery
from erpnext.stock.doctype.delivery_note.delivery_note import make_sales_return as return_of_delivery
from frappe.custom.doctype.custom_field.custom_field import create_custom_fields
from frappe.model.document import Document
from frappe.utils import nowdate, set_request

from branch_crm.branch_access import queries
from branch_crm.customer_master import shared_fields
from branch_crm.customer_master.customer_default_events import CustomerDefaultError, ForeignDefaultError
from branch_crm.customer_master.doctype.customer_branch_default.customer_branch_default import (
	DirectDefaultError,
)
from branch_crm.demo.records import COMPANY
from tests.site import documents, goods
from tests.site.company import as_user, make_customer, make_tree, make_user, switch_on
from tests.site.http_requests import call, send
from tests.site.test_shared_fields import columns_stay  # noqa: F401

PAPERS = ("Sales Order", "Delivery Note", "Sales Invoice")
API = "branch_crm.customer_master.customer_default_api.defaults_for"


@pytest.fixture(autouse=True)
def carriers() -> None:
	"""Far carries for the customer of Delhi, Agra and Mumbai; North's goods go by Near, Mumbai's by Sea."""
	make_tree()
	documents.make_item()
	for name in ("Far", "Near", "Sea", "By Hand"):
		goods.make_supplier(f"{name} Carriers", is_transporter=1)
	customer = make_customer("Carried", "Delhi", "Agra", "Mumbai")
	customer.preferred_transporter = "Far Carriers"
	customer.append("branch_defaults", {"branch": "North", "preferred_transporter": "Near Carriers"})
	customer.append("branch_defaults", {"branch": "Mumbai", "preferred_transporter": "Sea Carriers"})
	customer.save()


def _paper(doctype: str, branch: str | None = "Delhi", **values) -> Document:
	return documents.sales(doctype, "Carried", submit=False, branch=branch, **values)


def _printed(paper: Document) -> str:
	set_request(method="POST", path="/api/method/x")
	# or the access log would commit the test
	with patch.object(frappe.db, "commit"):
		return frappe.get_print(paper.doctype, paper.name, print_format="Standard")


def _disable(supplier: str) -> None:
	frappe.db.set_value("Supplier", supplier, "disabled", 1)


@pytest.mark.parametrize("doctype", PAPERS)
@pytest.mark.parametrize(
	("branch", "transporter"),
	[("Delhi", "Near Carriers"), ("Mumbai", "Sea Carriers"), ("HO", "Far Carriers")],
)
def test_a_paper_takes_that_of_its_branch_or_of_the_nearest_above(
	doctype: str, branch: str, transporter: str
) -> None:
	frappe.db.set_single_value("Branch Access Settings", "branch_of_party", "Warn")
	queries.forget_scopes()
	paper = _paper(doctype, branch)
	assert (paper.transporter, paper.transporter_name) == (transporter, transporter)
	assert frappe.db.get_value(doctype, paper.name, "transporter") == transporter


@pytest.mark.parametrize("doctype", PAPERS)
def test_what_somebody_chose_stays(doctype: str) -> None:
	paper = _paper(doctype, transporter="By Hand Carriers")
	assert paper.transporter == "By Hand Carriers"
	paper.save()
	assert paper.transporter == "By Hand Carriers"


@pytest.mark.parametrize("doctype", PAPERS)
def test_what_somebody_emptied_stays_empty(doctype: str) -> None:
	paper = _paper(doctype)
	paper.transporter = None
	paper.save()
	paper.submit()
	paper.cancel()
	amended = frappe.copy_doc(paper)
	amended.amended_from = paper.name
	amended.docstatus = 0
	amended.insert()
	assert not (paper.transporter or amended.transporter or amended.transporter_name)


@pytest.mark.parametrize("change", [{"disabled": 1}, {"is_transporter": 0}])
def test_who_carries_no_more_is_passed_over(change: dict) -> None:
	frappe.db.set_value("Supplier", "Near Carriers", change)
	assert _paper("Sales Order").transporter == "Far Carriers"
	frappe.db.set_value("Supplier", "Far Carriers", change)
	assert not _paper("Sales Order").transporter


def test_it_goes_along_from_order_to_delivery_and_invoice() -> None:
	order = _paper("Sales Order", transporter="By Hand Carriers")
	order.submit()
	delivery = documents.make_delivery_note(order.name).insert()
	delivery.submit()
	papers = [delivery, invoice_of_delivery(delivery.name).insert()]
	papers.append(documents.make_sales_invoice(order.name).insert())
	assert [paper.transporter for paper in papers] == ["By Hand Carriers"] * 3


def test_what_comes_back_takes_none() -> None:
	delivery = _paper("Delivery Note", transporter="By Hand Carriers")
	delivery.submit()
	delivery.db_set("transporter", None)
	assert not return_of_delivery(delivery.name).insert().transporter


@pytest.mark.parametrize("doctype", PAPERS)
def test_it_is_printed(doctype: str) -> None:
	frappe.db.set_value("Supplier", "Near Carriers", "supplier_name", "The Near Carriers of Delhi")
	paper = _paper(doctype)
	assert "Transporter Name" in _printed(paper)
	assert "The Near Carriers of Delhi" in _printed(paper)
	paper.transporter = None
	paper.save()
	assert "Transporter" not in _printed(paper)
	assert "The Near Carriers of Delhi" not in _printed(paper)


def test_a_customer_of_other_papers_has_none() -> None:
	make_customer("Not Carried", "Delhi")
	assert not documents.sales("Sales Order", "Not Carried", submit=False).transporter


@pytest.mark.parametrize("route", ["rest", "desk"])
def test_every_way_in_fills_it(route: str) -> None:
	user = make_user("delhi", "Delhi", roles=goods.TRADE)
	switch_on()
	order = {"doctype": "Sales Order", "customer": "Carried", "company": COMPANY, "delivery_date": nowdate()}
	order["items"] = [{"doctype": "Sales Order Item", "item_code": documents.ITEM, "qty": 1, "rate": 100}]
	if route == "rest":
		made = send(user, "POST", "/api/resource/Sales Order", **order)
	else:
		made = call(user, "frappe.client.save", doc={**order, "__islocal": 1, "name": "new-sales-order-1"})
	assert (made.status, made.message["transporter"]) == (200, "Near Carriers"), made.text


def test_whoever_sees_no_suppliers_gets_it_when_he_saves() -> None:
	user = make_user("seller", "Delhi")
	switch_on()
	with as_user(user):
		draft = {"doctype": "Sales Order", "customer": "Carried", "company": COMPANY, "branch": "Delhi"}
		assert "transporter" not in frappe.call(API, doc=draft)["values"]
		assert _paper("Sales Order").transporter == "Near Carriers"


def test_the_form_proposes_it_to_whoever_may_see_both() -> None:
	user = make_user("delhi", "Delhi", roles=goods.TRADE)
	supplier = frappe.get_doc("Supplier", "Near Carriers")
	supplier.append("branches", {"branch": "Delhi", "is_primary": 1})
	supplier.save()
	switch_on()
	draft = {"doctype": "Sales Order", "customer": "Carried", "company": COMPANY, "branch": "Delhi"}
	assert call(user, API, doc=draft).message["values"] == {"transporter": "Near Carriers"}
	make_customer("Theirs", "Mumbai")
	for foreign in ({"branch": "Mumbai"}, {"customer": "Theirs"}):
		assert call(user, API, doc={**draft, **foreign}).status in (403, 404), foreign
		with as_user(user):
			assert frappe.call(API, doc={**draft, **foreign}) == {"values": {}, "usual": {}}
	stranger = make_user("stranger", "Delhi", roles=("Purchase User",))
	assert call(stranger, API, doc=draft).status == 403
	assert call(user, API, doc={"doctype": "Customer"}).status == 417


def test_only_transporters_are_preferred() -> None:
	goods.make_supplier("No Carriers")
	customer = frappe.get_doc("Customer", "Carried")
	customer.preferred_transporter = "No Carriers"
	with pytest.raises(CustomerDefaultError, match="marked as transporter"):
		customer.save()
	customer.reload()
	customer.branch_defaults[1].preferred_transporter = "No Carriers"
	with pytest.raises(CustomerDefaultError, match="Row 2"):
		customer.save()
	customer.reload()
	# what was there before stays
	_disable("Near Carriers")
	_disable("Far Carriers")
	customer.website = "carried.example"
	customer.save()
	customer.append("branch_defaults", {"branch": "North"})
	with pytest.raises(CustomerDefaultError, match="twice"):
		customer.save()


def test_a_restricted_user_changes_only_the_rows_of_his_branches() -> None:
	user = make_user("delhi", "Delhi", roles=(*goods.TRADE, "Sales Master Manager"))
	supplier = frappe.get_doc("Supplier", "By Hand Carriers")
	supplier.append("branches", {"branch": "Delhi", "is_primary": 1})
	supplier.save()
	switch_on()
	stored = frappe.get_doc("Customer", "Carried")
	own = {"branch": "Delhi", "preferred_transporter": "By Hand Carriers"}
	foreign = {"branch": "Agra", "preferred_transporter": "By Hand Carriers"}
	rows = [row.as_dict() for row in stored.branch_defaults]
	answers = {}
	for name, changed in {
		"other": [{**rows[0], "preferred_transporter": "By Hand Carriers"}, rows[1]],
		"taken": [{**rows[0], "branch": "Delhi"}, rows[1]],
		"removed": rows[:1],
		"added": [*rows, foreign],
		"own": [*rows, own],
	}.items():
		changed = [{key: str(value) for key, value in row.items() if value} for row in changed]
		answers[name] = send(user, "PUT", "/api/resource/Customer/Carried", branch_defaults=changed)
	assert {name: answer.status for name, answer in answers.items()} == {
		**dict.fromkeys(("other", "taken", "removed", "added"), 403),
		"own": 200,
	}, answers
	assert isinstance(answers["removed"].refusal, ForeignDefaultError)
	with as_user(user):
		assert _paper("Sales Order").transporter == "By Hand Carriers"


def test_a_row_is_changed_only_with_its_customer() -> None:
	row = frappe.get_doc("Customer", "Carried").branch_defaults[0]
	row.preferred_transporter = "By Hand Carriers"
	with pytest.raises(DirectDefaultError):
		row.save()
	with pytest.raises(DirectDefaultError):
		row.delete()


# what India Compliance declares of the invoice, as far as it matters here
ITS_FIELDS = {
	"Sales Invoice": [
		{"fieldname": "transporter_info", "fieldtype": "Section Break", "insert_after": "language"},
		{
			"fieldname": "transporter",
			"label": "Transporter",
			"fieldtype": "Link",
			"options": "Supplier",
			"print_hide": 1,
			"no_copy": 1,
		},
		{
			"fieldname": "transporter_name",
			"label": "Transporter Name",
			"fieldtype": "Small Text",
			"fetch_from": "transporter.supplier_name",
			"print_hide": 1,
			"no_copy": 1,
		},
	]
}


def _modules() -> set[str | None]:
	fields = {
		"dt": "Sales Invoice",
		"fieldname": ["like", "transporter%"],
		"fieldtype": ["!=", "Column Break"],
	}
	return set(frappe.get_all("Custom Field", fields, pluck="module"))


@pytest.mark.parametrize("order", ["before", "after"])
def test_the_field_of_india_compliance_is_used_in_both_orders(columns_stay: None, order: str) -> None:  # noqa: F811
	kept = _paper("Sales Invoice")
	if order == "before":
		frappe.db.delete("Custom Field", {"dt": "Sales Invoice", "fieldname": ["like", "transporter%"]})
		frappe.clear_cache()
		create_custom_fields(ITS_FIELDS, ignore_validate=True)
		assert shared_fields.missing()["Sales Invoice"] != []
		create_custom_fields({"Sales Invoice": shared_fields.missing()["Sales Invoice"]})
	else:
		create_custom_fields(ITS_FIELDS, ignore_validate=True)
		shared_fields.hand_over_to("india_compliance")
	assert _modules() == {None}
	assert frappe.get_meta("Sales Invoice").get_field("transporter").no_copy
	assert frappe.db.get_value("Sales Invoice", kept.name, "transporter") == "Near Carriers"
	sales_order = _paper("Sales Order", transporter="By Hand Carriers")
	sales_order.submit()
	invoice = documents.make_sales_invoice(sales_order.name)
	assert not invoice.transporter
	invoice.insert()
	assert (invoice.transporter, invoice.transporter_name) == ("By Hand Carriers", "By Hand Carriers")
	assert "By Hand Carriers" in _printed(invoice)
