"""Every read of transfers and their logs."""

import json

import frappe
from frappe.model.document import Document

from branch_crm.branch_access import queries, registry
from branch_crm.branch_access.assignment_rules import Assignment
from branch_crm.branch_access.responsibility_rules import OWNERS
from branch_crm.branch_access.transfer_rules import Action, Transfer

TRANSFER = "Branch Transfer"
ENTRY = "Branch Transfer Entry"


def transfer_from(doc: Document) -> Transfer:
	"""A Branch Transfer, as the rules know it."""
	function = doc.owner_of or ""
	return Transfer(
		Action(doc.action),
		branch=doc.branch or None,
		from_branch=doc.from_branch or None,
		owners={owner: doc.get(owner) for owner in OWNERS if doc.get(owner)},
		from_user=doc.from_user or None,
		to_user=doc.to_user or None,
		replaced=tuple(owner for owner, name in OWNERS.items() if function in ("Both", name.value)),
	)


def parties_of(doc: Document, limit: int = 0) -> list[str]:
	"""The parties that the transfer means and the session's user sees, in the order of their names (0: all). Those that
	belong to no branch but are for all are never meant."""
	for_all = [doc.party_type, "name", "not in", sorted(registry.always_visible(doc.party_type))]
	return frappe.get_list(
		doc.party_type,
		filters=[for_all, *json.loads(doc.filters)],
		pluck="name",
		distinct=True,
		order_by=f"`tab{doc.party_type}`.name",
		limit_page_length=limit,
	)


def entries_in(transfer: str, state: str, after: int, limit: int) -> list[dict]:
	"""The next entries of the log in this state, after the one of this number."""
	return frappe.get_all(
		ENTRY,
		filters={"transfer": transfer, "state": state, "idx": [">", after]},
		fields=["name", "idx", "party_type", "party", "rows_before", "rows_after"],
		order_by="idx",
		limit=limit,
	)


def number_in_state(transfer: str) -> dict[str, int]:
	"""How many entries of the log are in each state."""
	return dict(
		frappe.get_all(
			ENTRY, {"transfer": transfer}, ["state", "count(name)"], group_by="state", as_list=True
		)
	)


def status_of(transfer: str) -> str:
	return frappe.db.get_value(TRANSFER, transfer, "status")


def rows_to_text(rows: dict[str, Assignment]) -> str:
	return json.dumps({key: vars(row) for key, row in rows.items()}, default=str)


def rows_from_text(text: str | None) -> dict[str, Assignment]:
	return {key: queries.assignment_from(row) for key, row in json.loads(text or "{}").items()}
