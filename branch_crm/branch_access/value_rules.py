"""Values that ERPNext writes into its queries as they are, or looks up as they are: dates and kinds of documents
wherever they stand, and what single functions say."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from branch_crm.branch_access.argument_rules import DEEPEST, Malformed, looks_like_json, parsed
from branch_crm.branch_access.guard_rules import partners_of

_ENDING = re.compile(r"['\"`\\]")
# dates, and kinds of documents, which become columns
_WRITTEN = re.compile(
	r"(.*_)?(date|time|datetime|start|end|doctype|dt)|(.*_)?(party|voucher|reference|document)_type"
)
# what ERPNext tells itself, and no form says
_BARRED = frozenset({"ignore_party"})
Pair = tuple[str, object]


def pairs_in(arguments: Mapping) -> list[Pair]:
	"""Every key with its value, on any level, in JSON as well.

	Raises:
	        Malformed: they go too deep to be read.
	"""
	return list(_pairs(arguments, 0))


def _pairs(value: object, depth: int) -> Iterator[Pair]:
	value = parsed(value)
	if depth > DEEPEST:
		raise Malformed
	if isinstance(value, Mapping):
		for key, held in value.items():
			held = parsed(held)
			if isinstance(key, str):
				yield key, held
			if isinstance(held, Mapping | list | tuple):
				yield from _pairs(held, depth + 1)
	elif isinstance(value, list | tuple):
		for item in value:
			if not isinstance(item, str) or looks_like_json(item):
				yield from _pairs(item, depth + 1)


def has_sql(pairs: Iterable[Pair]) -> bool:
	"""Whether a date or kind holds what ends a text of the database."""
	return any(_is_written(key) and not is_plain(value) for key, value in pairs)


def kinds_among(pairs: Iterable[Pair]) -> set[str]:
	"""What says of which DocType something is."""
	return {text for key, value in pairs if _is_kind(key) for text in _texts(value)}


def is_barred(pair: Pair) -> bool:
	"""Whether somebody says what only ERPNext itself does: to take the price of whatever party."""
	return pair[0] in _BARRED and bool(pair[1])


def is_plain(value: object) -> bool:
	return not any(map(_ENDING.search, _texts(value)))


def _texts(value: object) -> Iterator[str]:
	value = parsed(value)
	if isinstance(value, str):
		yield value
	elif isinstance(value, Mapping | list | tuple):
		for item in value.values() if isinstance(value, Mapping) else value:
			yield from _texts(item)


@lru_cache(maxsize=4096)
def _is_written(key: str) -> bool:
	return bool(_WRITTEN.fullmatch(key))


@lru_cache(maxsize=4096)
def _is_kind(key: str) -> bool:
	return bool(partners_of(key))
