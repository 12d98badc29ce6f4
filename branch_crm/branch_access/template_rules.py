"""Which templates somebody may write who is limited: whoever mails or prints one lends it what he sees himself."""

from collections.abc import Iterator
from enum import Enum
from typing import Protocol


class Node(Protocol):
	"""A part of a template as Jinja has read it; its class tells what it is."""

	def iter_child_nodes(self, exclude: tuple[str, ...] | None = None) -> Iterator["Node"]: ...


class Fault(Enum):
	UNREADABLE = "unreadable"
	"""It is no template of Jinja's."""
	IS_PATH = "path"
	"""Frappe takes it for the path to a template of an app, and fills in that one."""
	REACHES_FURTHER = "further"
	"""It may do more than write out the values that it is given."""


_UTILS = (
	*(
		"add_days",
		"add_months",
		"add_to_date",
		"cint",
		"cstr",
		"date_diff",
		"flt",
		"fmt_money",
		"format_date",
	),
	*(
		"format_datetime",
		"format_time",
		"formatdate",
		"get_fullname",
		"get_link_to_form",
		"get_url",
		"getdate",
	),
	*("global_date_format", "money_in_words", "now", "now_datetime", "nowdate", "rounded", "today"),
)
FUNCTIONS = {"_", "range", "frappe.bold", "frappe.format_date", "frappe.get_fullname", "frappe.get_url"}
FUNCTIONS |= {f"frappe.utils.{name}" for name in _UTILS}
# of values and documents, which change nothing
METHODS = {"endswith", "format", "get", "get_formatted", "items", "join", "keys", "lower", "replace", "split"}
METHODS |= {"splitlines", "startswith", "strftime", "strip", "title", "upper", "values"}
FILTERS = {
	*(
		"abs",
		"batch",
		"capitalize",
		"center",
		"count",
		"d",
		"default",
		"dictsort",
		"e",
		"escape",
		"first",
		"float",
	),
	*(
		"flt",
		"forceescape",
		"format",
		"global_date_format",
		"groupby",
		"indent",
		"int",
		"items",
		"join",
		"last",
	),
	*("len", "length", "list", "lower", "map", "markdown", "max", "min", "reject", "rejectattr", "replace"),
	*(
		"reverse",
		"round",
		"safe",
		"select",
		"selectattr",
		"slice",
		"sort",
		"str",
		"string",
		"striptags",
		"sum",
	),
	*("title", "trim", "truncate", "unique", "upper", "urlencode", "urlize", "wordcount", "wordwrap"),
}
# what leads to the database, and to the request of whoever fills it in
_WIDE = {"args", "frappe"}
_KEPT = _WIDE | {"_", "range"}
_FROM_ELSEWHERE = {"Extends", "FromImport", "Import", "Include"}
_ENDINGS = ("html", "css", "scss", "py", "md", "json", "js", "xml", "txt")


def is_path(text: str) -> bool:
	"""Whether Frappe takes the text for the path to a template."""
	line = text.strip()
	return "\n" not in line and line.endswith(tuple(f".{ending}" for ending in _ENDINGS))


def is_plain(node: Node) -> bool:
	"""Whether a template holds only values, and what writes them out."""
	if _kind(node) == "Call":
		return _is_harmless(node)
	return not _is_faulty(node) and all(is_plain(inner) for inner in node.iter_child_nodes())


def _is_faulty(node: Node) -> bool:
	"""The node by itself."""
	kind = _kind(node)
	if kind == "Name":
		# a function under another's name
		return node.name in (_WIDE if node.ctx == "load" else _KEPT)
	if kind == "Getattr":
		return node.attr.startswith("_")
	if kind == "Getitem":
		return _kind(node.arg) == "Const" and str(node.arg.value).startswith("_")
	if kind == "Filter":
		# `map` applies the filter that it is told
		return node.name not in FILTERS or (node.name == "map" and bool(node.args))
	return kind in _FROM_ELSEWHERE


def _is_harmless(call: Node) -> bool:
	function = call.node
	parts = list(call.iter_child_nodes(exclude=("node",)))
	if _kind(function) == "Getattr" and function.attr in METHODS:
		parts.append(function.node)
	elif _path(function) not in FUNCTIONS:
		return False
	return all(is_plain(part) for part in parts)


def _path(node: Node) -> str:
	"""How the template calls the function: `frappe.utils.flt`."""
	if _kind(node) == "Getattr":
		return f"{_path(node.node)}.{node.attr}"
	return node.name if _kind(node) == "Name" else ""


def _kind(node: Node) -> str:
	return type(node).__name__
