"""The history of owners begins with the assignments that were there before it; what has a record keeps it."""

from branch_crm.branch_access import responsibility_events


def execute() -> None:
	responsibility_events.record_what_was_there()
