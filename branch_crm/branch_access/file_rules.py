"""Addresses of private files in the arguments of a request, read from these alone."""

import html
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import unquote

from branch_crm.branch_access.argument_rules import DEEPEST, parsed

# folders of files and of backups, after what a path may begin with; and a way out of a folder
_ADDRESS = re.compile(r"[\w./-]*private/(files|backups)(/[^\n]*)?|[\w./-]*\.\./[^<>\n]*", re.IGNORECASE)
_LONGEST = 1000
# what Frappe opens when a text is mailed: the path of an image, after this attribute or anything that reads like it
_QUOTED = re.compile(r"embed\s*=\s*[\"']\s*([^\"']*)", re.IGNORECASE)
# as an attribute it gets its quotes later; in an address it is a part of that
_UNQUOTED = re.compile(r"<[^>]*(?<![?&])embed\s*=\s*([^\"'\s>][^\s>]*)", re.IGNORECASE)
_FOR_ALL = re.compile(r"/?(assets|files)/(?!.*\.\.)")
# options of the engine of PDFs, as metadata of a page
_OPTION = "pdfkit-"
_COMMENT, _TAG = re.compile(r"<!--.*?-->", re.DOTALL), re.compile(r"<[^>]*>")
# how often characters may be written as entities
_ENTITIES = 3


@dataclass(frozen=True)
class SentAddress:
	"""An address, under which key it stands, and the document that was sent with it in it."""

	address: str
	key: str | None = None
	document: Mapping | None = None


def private_addresses(
	value: object, within: SentAddress | None = None, depth: int = 0
) -> Iterator[SentAddress]:
	"""What stands by itself as the address of a private file, in JSON as well."""
	value, within = parsed(value), within or SentAddress("")
	if isinstance(value, str):
		if _is_address(value):
			yield replace(within, address=value)
	elif depth <= DEEPEST and isinstance(value, Mapping):
		document = value if depth and isinstance(value.get("doctype"), str) else within.document
		for key, item in value.items():
			yield from private_addresses(item, SentAddress("", key, document), depth + 1)
	elif depth <= DEEPEST and isinstance(value, list | tuple):
		for item in value:
			yield from private_addresses(item, within, depth + 1)


def opens_files(value: object, depth: int = 0) -> bool:
	"""Whether a text on any level, in JSON as well, has Frappe open files of the server when it is mailed or printed."""
	value = parsed(value)
	if isinstance(value, str):
		return any(map(_opens, _readings(value)))
	if isinstance(value, Mapping | list | tuple):
		items = value.values() if isinstance(value, Mapping) else value
		return depth > DEEPEST or any(opens_files(item, depth + 1) for item in items)
	return False


def _readings(text: str) -> list[str]:
	"""The text, and what is left when it is cleaned."""
	for _time in range(_ENTITIES if "&" in text else 0):
		text = html.unescape(text)
	return [text, _COMMENT.sub("", text), _TAG.sub("", text)] if "<" in text else [text]


def _opens(text: str) -> bool:
	text = text.lower()
	paths = [*_QUOTED.findall(text), *_UNQUOTED.findall(text)] if "embed" in text else ()
	return _OPTION in text or not all(map(_FOR_ALL.match, paths))


def _is_address(text: str) -> bool:
	path = unquote(text.strip()).replace("\\", "/")
	if len(path) > _LONGEST or "/" not in path:
		return False
	return bool(_ADDRESS.fullmatch(path) or _ADDRESS.fullmatch(posixpath.normpath(path)))
