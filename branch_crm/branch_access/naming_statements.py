"""The condition of documents that are seen by whoever sees all that they name, in SQL, with `%s` placeholders. Tested on
a bare MariaDB."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from branch_crm.branch_access.statements import Condition


@dataclass(frozen=True)
class Naming:
	"""A field that names another document.

	Attributes:
	        field: it holds the name.
	        of: by DocType, the condition of the documents that the user sees.
	        kind: the field that holds the DocType; empty where it is always the only one of `of`.
	        row: the child DocType in whose rows the fields are; empty where they are the document's own.
	"""

	field: str
	of: Mapping[str, Condition]
	kind: str = ""
	row: str = ""


def naming(doctype: str, fields: Sequence[Naming]) -> Condition:
	"""Documents of `doctype` that name nothing, in any of `fields`, but what the user sees or no branch limits."""
	conditions, parameters = [], []
	for field in fields:
		text, values = _row_by_row(doctype, field) if field.row else _seen(f"`tab{doctype}`", field)
		conditions.append(text)
		parameters += values
	return f"({' and '.join(conditions)})", parameters


def _row_by_row(doctype: str, field: Naming) -> Condition:
	text, values = _seen("line", field)
	rows = f"select 1 from `tab{field.row}` line where line.parenttype = %s and line.parent = `tab{doctype}`.name"
	return f"({rows} and not {text} limit 1) is null", [doctype, *values]


def _seen(source: str, field: Naming) -> Condition:
	"""Of a row of `source`."""
	name = f"{source}.`{field.field}`"
	conditions, parameters = [f"ifnull({name}, '') = ''"], []
	kind = f"{source}.`{field.kind}`"
	if field.kind:
		conditions.append(f"ifnull({kind}, '') not in ({', '.join(['%s'] * len(field.of))})")
		parameters += field.of
	for doctype, (text, values) in field.of.items():
		found = f"ifnull((select 1 from `tab{doctype}` where `tab{doctype}`.name = {name} and {text} limit 1), 0) = 1"
		conditions.append(f"({kind} = %s and {found})" if field.kind else found)
		parameters += [doctype, *values] if field.kind else values
	return f"({' or '.join(conditions)})", parameters
