"""How the rooms' parts of `hooks.py` become one."""

Events = dict[str | tuple[str, ...], dict[str, list[str]]]


def in_room(room: str, *functions: str) -> list[str]:
	return [f"branch_crm.{room}.{function}" for function in functions]


def joined(*maps: Events) -> Events:
	"""Document events of several rooms; for the same DocTypes and event those of the earlier map come first."""
	events: Events = {}
	for doctypes, handlers in (entry for one in maps for entry in one.items()):
		of_doctypes = events.setdefault(doctypes, {})
		for event, functions in handlers.items():
			of_doctypes[event] = [*of_doctypes.get(event, ()), *functions]
	return events
