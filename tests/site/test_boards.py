"""A kanban board names no cards to people of other branches."""

import frappe
import pytest

from tests.site.company import make_tree, make_user, switch_on
from tests.site.documents import make_lead
from tests.site.http_requests import call

BOARD = "Leads by Status"


@pytest.fixture
def user() -> str:
	make_tree()
	return make_user("boarder", "Delhi", roles=("Sales User", "Sales Manager", "System Manager"))


def _orders() -> list[list[str]]:
	frappe.clear_document_cache("Kanban Board", BOARD)
	return [frappe.parse_json(column.order) for column in frappe.get_doc("Kanban Board", BOARD).columns]


def _make_board() -> None:
	frappe.call(
		"frappe.desk.doctype.kanban_board.kanban_board.quick_kanban_board",
		doctype="Lead",
		board_name=BOARD,
		field_name="status",
	)


def test_a_board_of_before_forgets_its_order(user: str) -> None:
	lead = make_lead("Foreign Lead", branch="Mumbai")
	_make_board()
	assert any(lead.name in order for order in _orders())
	switch_on()
	assert not any(_orders())
	assert lead.name not in call(user, "frappe.client.get", doctype="Kanban Board", name=BOARD).text


def test_cards_are_moved_and_added_and_leave_no_name(user: str) -> None:
	switch_on()
	_make_board()
	lead = make_lead("Own Lead", branch="Delhi")
	boards = "frappe.desk.doctype.kanban_board.kanban_board"
	named = {"board_name": BOARD, "docname": lead.name}
	moved = {"from_colname": "Lead", "to_colname": "Interested", "old_index": 0, "new_index": 0}
	assert call(user, f"{boards}.update_order_for_single_card", **named, **moved).status == 200
	assert frappe.db.get_value("Lead", lead.name, "status") == "Interested"
	assert call(user, f"{boards}.add_card", **named, colname="Open").status == 200
	order = frappe.as_json({"Replied": [lead.name]})
	assert call(user, f"{boards}.update_order", board_name=BOARD, order=order).status == 200
	assert frappe.db.get_value("Lead", lead.name, "status") == "Replied"
	assert not any(_orders())


def test_no_order_tells_what_a_foreign_card_says(user: str) -> None:
	switch_on()
	_make_board()
	foreign = make_lead("Foreign Lead", branch="Mumbai").name
	path = "frappe.desk.doctype.kanban_board.kanban_board.update_order"
	for cards in ([foreign], ["none"], [["like", "%"]], [{"name": ["like", "%"]}]):
		for column in ("Lead", "Replied"):
			answer = call(user, path, board_name=BOARD, order=frappe.as_json({column: cards}))
			assert answer.status == 404
	assert frappe.db.get_value("Lead", foreign, "status") == "Lead"


def test_no_single_card_tells_that_it_is_there(user: str) -> None:
	switch_on()
	_make_board()
	foreign = make_lead("Foreign Lead", branch="Mumbai").name
	path = "frappe.desk.doctype.kanban_board.kanban_board.update_order_for_single_card"
	moved = {"from_colname": "Lead", "to_colname": "Interested", "old_index": 0, "new_index": 0}
	for card in (foreign, "none"):
		answer = call(user, path, board_name=BOARD, docname=card, **moved)
		assert (answer.status, foreign in answer.text) == (404, card == foreign)
	assert frappe.db.get_value("Lead", foreign, "status") == "Lead"


def test_a_board_of_what_no_branch_limits_keeps_its_order(user: str) -> None:
	switch_on()
	board = {"doctype": "Kanban Board", "kanban_board_name": "Notes", "reference_doctype": "Item"}
	doc = frappe.get_doc({**board, "field_name": "name", "columns": [{"column_name": "A"}]}).insert()
	doc.columns[0].order = '["One"]'
	doc.save()
	assert frappe.get_doc("Kanban Board", "Notes").columns[0].order == '["One"]'
