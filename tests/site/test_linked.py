"""Documents that one does not reach are not named to him by what they are linked with."""

import frappe
import pytest
from frappe.model.document import Document

from tests.site.company import KEEPERS, let_delete, make_customer, make_tree, make_user, switch_on
from tests.site.documents import make_sales_invoice, sales
from tests.site.http_requests import call, send

ROLES = (*KEEPERS, "Accounts Manager", "Stock Manager")
LISTED = "frappe.desk.form.linked_with.get_submitted_linked_docs"


@pytest.fixture
def user() -> str:
	make_tree()
	make_customer("Own", "Delhi")
	user = make_user("linked", "Delhi", roles=ROLES)
	switch_on()
	let_delete()
	return user


def _order(branch: str) -> Document:
	order = sales("Sales Order", "Own", branch="Delhi")
	order.db_set("branch", branch)
	return order


@pytest.mark.parametrize("branch", ["Delhi", "Mumbai"])
def test_a_party_is_kept_for_orders_that_are_named_to_those_who_reach_them(user: str, branch: str) -> None:
	order = _order(branch).name
	answer = send(user, "DELETE", "/api/resource/Customer/Own")
	assert isinstance(answer.refusal, frappe.LinkExistsError)
	assert (order in answer.text) == (branch == "Delhi")


@pytest.mark.parametrize("branch", ["Delhi", "Mumbai"])
def test_what_others_follow_is_not_cancelled_and_they_are_named_to_those_who_reach_them(
	user: str, branch: str
) -> None:
	order = _order("Delhi")
	invoice = make_sales_invoice(order.name).insert()
	invoice.submit()
	invoice.db_set("branch", branch)
	answer = call(user, "frappe.client.cancel", doctype="Sales Order", name=order.name)
	assert isinstance(answer.refusal, frappe.LinkExistsError)
	assert (invoice.name in answer.text) == (branch == "Delhi")
	listed = call(user, LISTED, doctype="Sales Order", name=order.name).message
	assert listed["count"] == len(listed["docs"]) == (branch == "Delhi")


def test_head_office_is_told_of_all(user: str) -> None:
	order = _order("Mumbai").name
	assert order in send("Administrator", "DELETE", "/api/resource/Customer/Own").text
