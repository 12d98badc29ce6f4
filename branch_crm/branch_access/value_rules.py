"""Values that ERPNext writes into its queries as they are: dates and kinds wherever they stand, and what single functions
say."""

import re
from collections.abc import Mapping

from branch_crm.branch_access.argument_rules import DEEPEST, parsed

_ENDING = re.compile(r"['\"`\\]")
# dates, and kinds of documents, which become columns
_WRITTEN = re.compile(
	r"(.*_)?(date|time|datetime|start|end|doctype|dt)|(.*_)?(party|voucher|reference|document)_type"
)


def has_sql(arguments: Mapping, depth: int = 0) -> bool:
	"""Whether a date or kind in `arguments`, on any level, holds what ends a text of the database."""
	return any(
		not is_plain(value) if _WRITTEN.fullmatch(key) else _has_sql_below(value, depth)
		for key, value in arguments.items()
		if isinstance(key, str)
	)


def is_plain(value: object) -> bool:
	value = parsed(value)
	if isinstance(value, str):
		return not _ENDING.search(value)
	if isinstance(value, Mapping):
		return all(map(is_plain, value.values()))
	return all(map(is_plain, value)) if isinstance(value, list | tuple) else True


def _has_sql_below(value: object, depth: int) -> bool:
	value = parsed(value)
	if depth > DEEPEST:
		return True
	if isinstance(value, Mapping):
		return has_sql(value, depth + 1)
	return isinstance(value, list | tuple) and any(_has_sql_below(item, depth + 1) for item in value)
