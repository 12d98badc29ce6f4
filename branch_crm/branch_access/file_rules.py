"""Addresses of private files in the arguments of a request, read from these alone."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import unquote

from branch_crm.branch_access.argument_rules import DEEPEST, parsed

# folders of files and of backups, after what a path may begin with; and a way out of a folder
_ADDRESS = re.compile(r"[\w./-]*private/(files|backups)(/[^\n]*)?|[\w./-]*\.\./[^<>\n]*", re.IGNORECASE)
_LONGEST = 1000


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


def _is_address(text: str) -> bool:
	path = unquote(text.strip()).replace("\\", "/")
	if len(path) > _LONGEST or "/" not in path:
		return False
	return bool(_ADDRESS.fullmatch(path) or _ADDRESS.fullmatch(posixpath.normpath(path)))
