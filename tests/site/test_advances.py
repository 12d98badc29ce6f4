"""What a party of several branches has paid in advance is allocated to the invoices of the branch that was paid."""

import frappe
import pytest
from frappe.utils import nowdate

from tests.site import documents, goods
from tests.site.company import join_team, make_customer, make_tree, make_user, roles_of_branches, switch_on
from tests.site.documents import COMPANY, ITEM
from tests.site.http_requests import Answer, call
from tests.site.strangers import user

__all__ = ["user"]

PARTIES = {"Sales Invoice": ("customer", "Zq Shared"), "Purchase Invoice": ("supplier", "Zq Maker")}
ROW = {"item_code": ITEM, "qty": 1, "rate": 100}


def bill(doctype: str, branch: str, **values) -> dict:
	party, name = PARTIES[doctype]
	doc = {"doctype": doctype, party: name, "company": COMPANY, "branch": branch, "posting_date": nowdate()}
	return {**doc, "items": [ROW], **values}


def advance(doctype: str, branch: str, amount: float = 100) -> str:
	"""A payment of a shared party to this branch, for nothing."""
	invoice = goods.done(frappe.get_doc(bill(doctype, branch))).name
	payment = documents.get_payment_entry(doctype, invoice, bank_account=documents.account("Cash"))
	payment.set("references", [])
	payment.update({"reference_no": "1", "reference_date": nowdate(), "branch": branch})
	payment.update({"paid_amount": amount, "received_amount": amount})
	return goods.done(payment).name


def inserted(user: str, doctype: str, **values) -> Answer:
	doc = bill(doctype, "Delhi", allocate_advances_automatically=1, **values)
	return call(user, "frappe.client.insert", doc=doc)


def allocated(answer: Answer) -> dict[str, float]:
	return {row["reference_name"]: row["allocated_amount"] for row in answer.message["advances"]}


@pytest.mark.parametrize("doctype", PARTIES)
def test_an_invoice_takes_no_advance_of_others(user: str, doctype: str) -> None:
	theirs = advance(doctype, "Agra")
	made = inserted(user, doctype)
	assert made.status == 200 and theirs not in made.text
	assert call(user, "frappe.client.submit", doc=made.message).status == 200
	assert frappe.db.get_value("Payment Entry", theirs, "unallocated_amount") == 100


def test_but_all_of_ones_own(user: str) -> None:
	advance("Sales Invoice", "Agra", 70)
	mine = advance("Sales Invoice", "Delhi", 90)
	made = inserted(user, "Sales Invoice")
	assert allocated(made) == {mine: 90}
	assert call(user, "frappe.client.submit", doc=made.message).status == 200
	assert frappe.db.get_value("Payment Entry", mine, "unallocated_amount") == 0
	assert frappe.db.get_value("Sales Invoice", made.message["name"], "outstanding_amount") == 10


def test_what_head_office_has_allocated_stays(user: str) -> None:
	theirs = advance("Sales Invoice", "Agra")
	doc = frappe.get_doc(bill("Sales Invoice", "Delhi", allocate_advances_automatically=1)).insert()
	saved = call(user, "frappe.client.save", doc={**doc.as_dict(convert_dates_to_str=True), "remarks": "x"})
	assert allocated(saved) == {theirs: 100}


def test_an_invoice_that_is_made_of_an_order_names_no_advance_of_others(user: str) -> None:
	theirs = advance("Sales Invoice", "Agra")
	order = documents.sales("Sales Order", "Zq Shared", branch="Delhi").name
	path = "erpnext.selling.doctype.sales_order.sales_order.make_sales_invoice"
	target = {"doctype": "Sales Invoice", "allocate_advances_automatically": 1}
	made = call(user, path, source_name=order, target_doc=frappe.as_json(target))
	assert made.status == 200 and theirs not in made.text


def test_nor_an_advance_that_is_only_viewed() -> None:
	make_tree()
	documents.make_item()
	make_customer("Zq Shared", "Delhi", "Agra")
	viewer = make_user("viewer", roles=roles_of_branches())
	join_team(viewer, "Delhi", "Sales")
	join_team(viewer, "Agra", "Viewer")
	switch_on()
	advance("Sales Invoice", "Agra", 70)
	mine = advance("Sales Invoice", "Delhi", 90)
	assert allocated(inserted(viewer, "Sales Invoice")) == {mine: 90}
