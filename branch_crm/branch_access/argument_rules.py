"""What stands in an argument of a request: names of documents, or what Frappe would take for a filter."""

import json
import re
from collections.abc import Callable, Collection, Mapping

# how deep arguments are read
DEEPEST = 12
_OPERATORS = ("=", "!=", ">", "<", ">=", "<=", "like", "not like", "in", "not in", "is", "between", "Between")

# arguments of functions that answer with rows of the user's own: they narrow, and reveal nothing
OF_ROWS = ("filters", "or_filters", "fields", "order_by", "group_by", "current_filters", "txt")


class Malformed(ValueError):
	"""Something stands where the name of a document belongs."""


def names_in(value: object) -> list[str]:
	"""The names that an argument for one or several holds.

	Raises:
	        Malformed: it holds conditions instead; Frappe would look for a document that meets them. To the database a
	                number or False is equal to many names.
	"""
	value = parsed(value) if isinstance(value, str) and value.lstrip().startswith("[") else value
	if value is None or value == "":
		return []
	if isinstance(value, str):
		return [value]
	if isinstance(value, list | tuple):
		return [_name(item) for item in value if item not in (None, "")]
	raise Malformed


def _name(item: object) -> str:
	"""A name in a list, or that of an object in it."""
	name = item.get("name") or item.get("docname") if isinstance(item, Mapping) else item
	if not isinstance(name, str):
		raise Malformed
	return name


def is_unsaved(name: object, doctype: str) -> bool:
	"""Whether the desk gave this name to a document, or row, that is not stored yet; nothing else begins like it."""
	slug = re.escape(doctype.lower().replace(" ", "-"))
	return isinstance(name, str) and re.fullmatch(rf"new-{slug}[\w-]*", name) is not None


def names_among(value: object) -> list[str]:
	"""The names in an argument that may also hold documents, which say of which DocType they are.

	Raises:
	        Malformed: it holds conditions.
	"""
	value = parsed(value)
	items = value if isinstance(value, list) else [value]
	named = [item for item in items if not (isinstance(item, Mapping) and "doctype" in item)]
	return [_name(item) for item in named if item not in (None, "")]


def plain_names(value: object) -> list[str]:
	"""The names in an argument that may also hold something else."""
	value = parsed(value)
	if isinstance(value, str) and value:
		return [value]
	return [item for item in value if isinstance(item, str) and item] if isinstance(value, list) else []


def parsed(value: object) -> object:
	"""What JSON stands for, also where it is the text of JSON again; anything else as it is."""
	if isinstance(value, str) and looks_like_json(value):
		try:
			return parsed(json.loads(value))
		except (ValueError, RecursionError):
			return value
	return value


def looks_like_json(value: str) -> bool:
	return value.lstrip()[:1] in ("{", "[", '"')


def operand(value: str | list) -> object:
	"""What an argument equals, where it is a filter of an operator and a value."""
	if isinstance(value, list) and len(value) == 2 and value[0] in _OPERATORS:
		return value[1] if value[0] in ("=", "in") else None
	return value


def is_filter(value: object) -> bool:
	"""Whether something is an object of conditions, or an operator with what it compares: nothing that a document holds in
	a field."""
	value = parsed(value)
	if isinstance(value, Mapping):
		return "doctype" not in value
	return isinstance(value, list) and len(value) == 2 and value[0] in _OPERATORS and operand(value) is None


def refuse_filters(
	value: object, keys: Collection[str], texts: Callable[[str], Collection[str]], depth: int = 0
) -> None:
	"""Raises:
	Malformed: on some level conditions stand under one of `keys`, where the name of a document belongs, and not in a field
	        that holds texts (`texts` of the DocType).
	"""
	value = parsed(value)
	if depth > DEEPEST:
		raise Malformed
	if isinstance(value, Mapping):
		doctype = value.get("doctype")
		free = texts(doctype) if isinstance(doctype, str) else ()
		if any(key in keys and key not in free and is_filter(one) for key, one in value.items()):
			raise Malformed
		value = [one for key, one in value.items() if key not in OF_ROWS]
	for one in value if isinstance(value, list) else ():
		if not isinstance(one, str) or looks_like_json(one):
			refuse_filters(one, keys, texts, depth + 1)


def is_condition(value: object) -> bool:
	"""Whether Frappe would take the first document that meets this."""
	if isinstance(value, Mapping):
		return "doctype" not in value
	if not isinstance(value, list):
		return False
	if len(value) == 2 and value[0] in _OPERATORS:
		return operand(value) is None
	return any(
		isinstance(item, list) or (isinstance(item, Mapping) and not _says_which(item)) for item in value
	)


def _says_which(item: Mapping) -> bool:
	"""Whether an object in a list is a document, or a row that names one."""
	return "doctype" in item or any(isinstance(item.get(key), str) for key in ("name", "docname"))
