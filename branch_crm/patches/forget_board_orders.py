"""Kanban boards of sites where scope is on give up the names of cards that they have kept."""

from branch_crm.branch_access import board_events, queries


def execute() -> None:
	if queries.is_enforced():
		board_events.forget_orders()
