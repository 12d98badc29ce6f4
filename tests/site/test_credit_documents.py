"""The documents behind what a customer owes add up to it, whoever looks."""

import frappe
import pytest

from branch_crm.credit_control import api
from branch_crm.demo.records import COMPANY
from tests.site import credit
from tests.site.company import as_user, make_tree, make_user, switch_on
from tests.site.credit import BUYER, billed, buyer, of_order, ordered, received
from tests.site.documents import make_delivery_note


@pytest.fixture(autouse=True)
def _customer() -> None:
	make_tree()
	buyer("Delhi", "Agra")


def _documents(component: str) -> tuple[dict[str, float], float]:
	found = api.component_documents(BUYER, COMPANY, component)
	return {row["voucher_no"]: row["amount"] for row in found["documents"]}, found["other_branches"]


@pytest.mark.parametrize("is_counted", [True, False])
def test_the_documents_of_a_component_come_to_it(is_counted: bool) -> None:
	if is_counted:
		credit.count()
	paid, open_ = billed(1000, branch="Delhi"), billed(500, branch="Agra")
	received(1000, paid)
	received(200, open_)
	ahead = received(50)
	order = ordered(branch="Delhi")
	note = of_order(order, make_delivery_note, 4)
	for component, documents in {
		"receivable": {open_.name: 300},
		"advances": {ahead.name: -50},
		"orders": {order.name: 600},
		"deliveries": {note.name: 400},
		"till_sales": {},
		"payables": {},
	}.items():
		assert _documents(component) == (documents, 0)
		assert api.position(BUYER, COMPANY)["components"][component] == sum(documents.values())


def test_people_of_a_branch_see_theirs_and_what_the_others_come_to() -> None:
	credit.count()
	own = billed(1000, branch="Delhi")
	billed(500, branch="Agra")
	one = make_user("zqone", "Delhi", roles=("Sales User", "Accounts User"))
	switch_on()
	with as_user(one):
		assert _documents("receivable") == ({own.name: 1000}, 500)


def test_there_is_no_such_component() -> None:
	with pytest.raises(frappe.ValidationError, match="no part of what a customer owes"):
		api.component_documents(BUYER, COMPANY, "wishes")
