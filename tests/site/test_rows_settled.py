"""What ERPNext writes into when a document goes on from another one."""

import frappe
import pytest
from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note
from frappe.model.document import Document

from tests.site.company import as_user, join_team, make_customer, make_tree, make_user, switch_on
from tests.site.documents import sales

ROLES = ("Sales User", "Sales Manager", "Stock User", "Stock Manager", "Accounts User")


@pytest.fixture
def viewer() -> str:
	"""Works in Delhi, and views Agra."""
	make_tree()
	make_customer("Shared", "Delhi", "Agra")
	user = make_user("settling-viewer", roles=ROLES)
	join_team(user, "Delhi", "Sales")
	join_team(user, "Agra", "Viewer")
	switch_on()
	return user


def _delivery(branch: str, **row) -> Document:
	order = sales("Sales Order", "Shared", branch=branch)
	doc = make_delivery_note(order.name)
	doc.branch = "Delhi"
	for item in doc.items:
		item.update({"branch": "Delhi", **row})
	return doc


def _is_saved(doc: Document, user: str) -> bool:
	frappe.db.savepoint("delivery")
	try:
		with as_user(user):
			doc.insert()
	except (frappe.PermissionError, frappe.LinkValidationError):
		frappe.db.rollback(save_point="delivery")
		return False
	return True


def test_an_order_that_is_only_viewed_is_not_delivered_from_another_branch(viewer: str) -> None:
	assert _is_saved(_delivery("Delhi"), viewer)
	assert not _is_saved(_delivery("Agra"), viewer)
	delivery = _delivery("Agra")
	with pytest.raises(frappe.PermissionError, match="only view"), as_user(viewer):
		delivery.insert()


def test_who_works_in_both_delivers_for_either(viewer: str) -> None:
	join_team(viewer, "Agra", "Sales")
	assert _is_saved(_delivery("Agra"), viewer)


@pytest.mark.parametrize("branch", ["Agra", "Mumbai"])
def test_nor_by_the_name_of_its_row_alone(viewer: str, branch: str) -> None:
	if branch == "Mumbai":
		make_customer("Elsewhere", "Mumbai")
	foreign = sales("Sales Order", "Shared" if branch == "Agra" else "Elsewhere", branch=branch)
	assert not _is_saved(_delivery("Delhi", so_detail=foreign.items[0].name), viewer)


def test_a_foreign_row_and_none_get_the_same_answer(viewer: str) -> None:
	make_customer("Elsewhere", "Mumbai")
	foreign = sales("Sales Order", "Elsewhere", branch="Mumbai").items[0].name
	said = []
	for row in (foreign, "0123456789"):
		delivery = _delivery("Delhi", so_detail=row)
		with pytest.raises(frappe.LinkValidationError) as refusal, as_user(viewer):
			delivery.insert()
		said.append(str(refusal.value).replace(row, "ROW"))
	assert said[0] == said[1]
