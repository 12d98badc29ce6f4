"""The links of documents that a request sends, read from its arguments alone."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field

from branch_crm.branch_access.argument_rules import DEEPEST, Malformed, parsed


@dataclass(frozen=True)
class Shape:
	"""The fields of a DocType that lead elsewhere.

	Attributes:
	        links: the fields of links, dynamic ones too.
	        tables: by fieldname the child DocType of a table's rows.
	"""

	links: Collection[str] = ()
	tables: Mapping[str, str] = field(default_factory=dict)


def sent_documents(value: object, depth: int = 0) -> Iterator[Mapping]:
	"""Whatever says of which DocType it is, in arguments, in JSON as well; what stands in it follows it.

	Raises:
	        Malformed: they go too deep to be read.
	"""
	value = parsed(value)
	if depth > DEEPEST:
		raise Malformed
	if isinstance(value, Mapping):
		if depth and isinstance(value.get("doctype"), str):
			yield value
		value = list(value.values())
	if isinstance(value, list | tuple):
		for item in value:
			yield from sent_documents(item, depth + 1)


def refuse_conditions(values: Mapping, shape_of: Callable[[str], Shape]) -> None:
	"""Refuse a document with something else in a link than a name.

	Raises:
	        Malformed: Frappe would take it for a filter, and link, and tell, the first document that meets it.
	"""
	for doctype in {values["doctype"], row_doctype(values, shape_of)} - {None}:
		shape = shape_of(doctype)
		if not all(_is_name(values.get(fieldname)) for fieldname in shape.links):
			raise Malformed
		for _fieldname, row in rows_of(values, shape):
			refuse_conditions({**row, "parenttype": None}, shape_of)


def rows_of(values: Mapping, shape: Shape) -> Iterator[tuple[str, dict]]:
	"""The rows of a document's tables, each with the table's fieldname; of which DocType they are, the table says."""
	for fieldname, table in shape.tables.items():
		rows = values.get(fieldname)
		for index, row in enumerate(rows if isinstance(rows, list | tuple) else (), 1):
			if isinstance(row, Mapping):
				yield fieldname, {"idx": index, **row, "doctype": table, "parentfield": fieldname}


def row_doctype(values: Mapping, shape_of: Callable[[str], Shape]) -> str | None:
	"""The DocType that a row gets which is sent by itself and appended to its document."""
	carrier, table = values.get("parenttype"), values.get("parentfield")
	if not isinstance(carrier, str) or not isinstance(table, str):
		return None
	return shape_of(carrier).tables.get(table)


def _is_name(value: object) -> bool:
	return not value or isinstance(value, str | int)
