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
	doctype = frappe.get_doc("Kanban Board", board_name).reference_doctype
	if queries.is_limited() and guard_queries.is_judged(doctype):
		try:
			columns = frappe.parse_json(order).values()
			cards = [name for cards in columns for name in argument_rules.names_in(cards)]
		except argument_rules.Malformed:
			raise frappe.DoesNotExistError from None
		reached = permissions.reached_among(doctype, cards, frappe.session.user)
		for card in cards:
			if card not in reached:
				refusals.refuse_missing(doctype, card)
	return kanban_board.update_order(board_name, frappe.as_json(frappe.parse_json(order)))
