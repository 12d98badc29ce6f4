"""Columns and filters that a request brings: Frappe writes them into its queries, and looks at some of them only."""

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import product

from branch_crm.branch_access.argument_rules import DEEPEST, Malformed, parsed

# what holds columns, and what holds filters by columns, in arguments and in what somebody stores
COLUMNS = frozenset(("fields", "fieldname", "field", "group_by", "order_by", "filter_fields", "searchfield"))
COLUMNS |= {"aggregate_function_based_on", "aggregate_on", "based_on", "value_based_on", "group_by_based_on"}
COLUMNS |= {"sort_by", "sort_field"}
# a column that is written between quotes
_BARE = "pluck"
_MAP = "field_map"
FILTERS = frozenset(
	("filters", "or_filters", "current_filters", "filters_json", "export_filters", "extra_filters")
)
_KINDS = ("doctype", "document_type", "ref_doctype", "reference_doctype", "dt")
_QUOTED = re.compile(r"`[^`'\"\\]*`|'[\w :.-]*'|\"[\w :.-]*\"")
_PLAIN = re.compile(r"(?!.*--)[\w\s.,()*:-]*", re.DOTALL)
# what brings other rows or tables into a query
_WORDS = ("select", "union", "from", "into", "where", "join", "having", "or", "and", "xor")
_BARRED = re.compile(rf"\b({'|'.join(_WORDS)})\b", re.IGNORECASE)
_NAME = re.compile(r"\w*")
_COLUMN = re.compile(r"(`?tab[\w -]+`?\.|\w+\.)?`?[\w -]+`?")
_IN_TREE = re.compile(r"(not )?(descendants|ancestors) of", re.IGNORECASE)
_LEADING = re.compile(r"(?<![`\w.])`?(\w+)`?\.`?\w")


def columns_in(arguments: Mapping) -> Iterator[tuple[str, str]]:
	"""The columns that `arguments` ask for on any level, in JSON as well, each with every DocType that is named beside
	it, or else above: a chart is one DocType and asks for another.

	Raises:
	        Malformed: something else than a column stands there.
	"""
	yield from _in_mapping(arguments, (), 0)


def leads_over(column: str) -> set[str]:
	"""The link fields whose documents a column is taken from: `customer` of `customer.tax_id`."""
	return set(_LEADING.findall(column))


def _in_mapping(values: Mapping, doctypes: Collection[str], depth: int) -> Iterator[tuple[str, str]]:
	if depth > DEEPEST:
		raise Malformed
	doctypes = [values[key] for key in _KINDS if isinstance(values.get(key), str)] or doctypes
	for key, value in values.items():
		value = parsed(value)
		if key == _MAP and isinstance(value, Mapping):
			value = list(value.values())
		if key in COLUMNS or key == _MAP:
			# Frappe takes an object for filters
			read = _filtered if isinstance(value, Mapping) else _expressions
			yield from product(doctypes, read(value))
		elif key == _BARE and isinstance(value, str) and not _NAME.fullmatch(value):
			raise Malformed
		elif key in FILTERS:
			yield from product(doctypes, _filtered(value))
		yield from _deeper(value, doctypes, depth)


def _deeper(value: object, doctypes: Collection[str], depth: int) -> Iterator[tuple[str, str]]:
	for item in value if isinstance(value, list) else [value]:
		item = parsed(item)
		if isinstance(item, Mapping):
			yield from _in_mapping(item, doctypes, depth + 1)
		elif isinstance(item, list):
			yield from _deeper(item, doctypes, depth + 1)


def _expressions(value: object) -> Iterator[str]:
	"""Columns, and functions of them; an object among them is a document or its values."""
	if isinstance(value, str):
		if not _is_expression(value):
			raise Malformed
		yield value
	elif isinstance(value, list):
		for item in value:
			yield from _expressions(item)


def _is_expression(text: str) -> bool:
	bare = _QUOTED.sub("", text)
	return bool(_NAME.fullmatch(text)) or (bool(_PLAIN.fullmatch(bare)) and not _BARRED.search(bare))


def _filtered(value: object) -> Iterator[str]:
	"""What filters compare, which is a column as it is."""
	if isinstance(value, Mapping):
		keys, compared = list(value), list(value.values())
	elif isinstance(value, list):
		rows, objects = ([row for row in value if isinstance(row, kind)] for kind in (list, Mapping))
		keys = [key for row in rows for key in (row[:2] if len(row) > 3 else row[:1])]
		# Frappe takes a list of texts for columns
		keys += [key for one in objects for key in one] + [one for one in value if isinstance(one, str)]
		compared = [*rows, *(one for row in objects for one in row.values())]
	else:
		return
	if any(_is_below_some(one) for one in compared if isinstance(one, list)):
		raise Malformed
	for key in keys:
		if isinstance(key, str) and key:
			if not _COLUMN.fullmatch(key):
				raise Malformed
			yield key


def _is_below_some(compared: list) -> bool:
	"""Whether a filter is on what lies below, or above, something else than one document: Frappe would take the first
	that meets a condition."""
	at = next((i for i, one in enumerate(compared) if isinstance(one, str) and _IN_TREE.match(one)), None)
	return at is not None and any(not isinstance(one, str | None) for one in compared[at + 1 : at + 2])
