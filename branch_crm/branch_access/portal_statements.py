"""The conditions of what belongs to portal users, in SQL, with `%s` placeholders. Tested on a bare MariaDB."""

from collections.abc import Collection, Mapping

from branch_crm.branch_access.statements import NOTHING, Condition


def parties_of(user: str, party_doctypes: Collection[str]) -> Condition:
	"""A whole query: DocType and name of each party that a contact of the user belongs to, or that names him among
	its portal users."""
	names = ", ".join(["%s"] * len(party_doctypes))
	contacts = (
		"select contact.name from `tabContact` contact where contact.user = %s"
		" union select mail.parent from `tabContact Email` mail"
		" where mail.parenttype = 'Contact' and mail.email_id = %s"
	)
	return (
		"select link.link_doctype, link.link_name from `tabDynamic Link` link"
		f" where link.parenttype = 'Contact' and link.link_doctype in ({names}) and link.parent in ({contacts})"
		" union select portal.parenttype, portal.parent from `tabPortal User` portal"
		f" where portal.user = %s and portal.parenttype in ({names})",
		[*party_doctypes, user, user, user, *party_doctypes],
	)


def paired(doctype: str, type_field: str, field: str, parties: Mapping[str, Collection[str]]) -> Condition:
	"""Documents of `doctype` whose pair of fields holds one of `parties` (by DocType their names)."""
	table = f"`tab{doctype}`"
	return any_of(
		[
			(
				f"({table}.`{type_field}` = %s and {table}.`{field}` in ({', '.join(['%s'] * len(names))}))",
				[party, *sorted(names)],
			)
			for party, names in parties.items()
			if names
		]
	)


def in_rows(doctype: str, row: str, field: str, values: Collection[str]) -> Condition:
	"""Documents of `doctype` with a row of the child DocType `row` whose `field` holds one of `values`."""
	if not values:
		return NOTHING
	return (
		f"(select 1 from `tab{row}` line where line.parenttype = %s and line.parent = `tab{doctype}`.name"
		f" and line.`{field}` in ({', '.join(['%s'] * len(values))}) limit 1) = 1",
		[doctype, *sorted(values)],
	)


def linked(doctype: str, parties: Mapping[str, Collection[str]]) -> Condition:
	"""Contacts or addresses that belong to one of `parties`."""
	return any_of(
		[
			(
				"(select 1 from `tabDynamic Link` link where link.parenttype = %s"
				f" and link.parent = `tab{doctype}`.name and link.link_doctype = %s"
				f" and link.link_name in ({', '.join(['%s'] * len(names))}) limit 1) = 1",
				[doctype, party, *sorted(names)],
			)
			for party, names in parties.items()
			if names
		]
	)


def led_to(doctype: str, field: str, target: str, condition: Condition) -> Condition:
	"""Documents of `doctype` whose `field` names one of `target` that meets the condition."""
	text, parameters = condition
	return (
		f"`tab{doctype}`.`{field}` in (select `tab{target}`.name from `tab{target}` where {text})",
		parameters,
	)


def lent(doctype: str, user: str) -> Condition:
	"""Documents of `doctype` that somebody has shared with this very user."""
	return (
		f"`tab{doctype}`.name in (select share.share_name from `tabDocShare` share"
		" where share.share_doctype = %s and share.`read` = 1 and share.user = %s)",
		[doctype, user],
	)


def any_of(conditions: Collection[Condition]) -> Condition:
	"""What meets one of the conditions at least."""
	met = [condition for condition in conditions if condition != NOTHING]
	if not met:
		return NOTHING
	return f"({' or '.join(text for text, _ in met)})", [value for _, values in met for value in values]
