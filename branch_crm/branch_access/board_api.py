"""Kanban boards: whose cards are put in order."""

import frappe
from frappe.desk.doctype.kanban_board import kanban_board
from frappe.model.document import Document

from branch_crm.branch_access import argument_rules, guard_queries, permissions, queries, refusals


@frappe.whitelist()
def update_order(board_name: str, order: str | dict) -> tuple[Document, list]:
	"""Frappe's own for the cards of all columns, which looks for each without asking for permission.

	Raises:
	        frappe.DoesNotExistError: a card is not there, or not the user's.
	"""
	order = frappe.parse_json(order)
	_refuse_foreign(board_name, list(order.values()))
	return kanban_board.update_order(board_name, frappe.as_json(order))


@frappe.whitelist()
def update_order_for_single_card(
	board_name: str,
	docname: str,
	from_colname: str,
	to_colname: str,
	old_index: str | int,
	new_index: str | int,
) -> Document:
	"""Frappe's own for a card that goes to another column, which says whether there is such a card.

	Raises:
	        frappe.DoesNotExistError: it is not there, or not the user's.
	"""
	_refuse_foreign(board_name, [docname])
	return kanban_board.update_order_for_single_card(
		board_name, docname, from_colname, to_colname, old_index, new_index
	)


def _refuse_foreign(board_name: str, columns: list) -> None:
	doctype = frappe.get_doc("Kanban Board", board_name).reference_doctype
	if not queries.is_limited() or not guard_queries.is_judged(doctype):
		return
	try:
		cards = [name for cards in columns for name in argument_rules.names_in(cards)]
	except argument_rules.Malformed:
		raise frappe.DoesNotExistError from None
	reached = permissions.reached_among(doctype, cards, frappe.session.user)
	for card in cards:
		if card not in reached:
			refusals.refuse_missing(doctype, card)
