"""Addresses of private files in the arguments of a request, read from these alone."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from branch_crm.branch_access.argument_rules import parsed

# what a function may open as a path within the folder of the site, and nothing that is written to be read
_ADDRESS = re.compile(r"[/.\\]*[^\s<>{}\"']*private[/\\%][^\s<>{}\"']*", re.IGNORECASE)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_DEEPEST = 12


@dataclass(frozen=True)
class Sent:
	"""An address, under which key it stands, and the document that was sent with it in it."""

	address: str
	key: str | None = None
	document: Mapping | None = None


def private_addresses(value: object, within: Sent | None = None, depth: int = 0) -> Iterator[Sent]:
	"""What stands by itself as the address of a private file, in JSON as well."""
	value, within = parsed(value), within or Sent("")
	if isinstance(value, str):
		if _ADDRESS.fullmatch(value.strip()) and not _ELSEWHERE.match(value.strip()):
			yield replace(within, address=value)
	elif depth <= _DEEPEST and isinstance(value, Mapping):
		document = value if depth and isinstance(value.get("doctype"), str) else within.document
		for key, item in value.items():
			yield from private_addresses(item, Sent("", key, document), depth + 1)
	elif depth <= _DEEPEST and isinstance(value, list | tuple):
		for item in value:
			yield from private_addresses(item, within, depth + 1)
