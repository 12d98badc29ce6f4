"""Other requests that one leads to: some functions answer over everybody where an argument is left out, and some write
what they are told into their queries."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from tests.site.leak.client import Request

# what the database says of a query that a value has ended; of a value that is none it says something else
BROKEN = ("ProgrammingError", "SQL syntax")
_MOST = 40


def without(request: Request, names: Collection[str]) -> Iterator[Request]:
	"""The request without each of the arguments that hold one of `names`, and with false there."""
	for key, value in request.arguments.items():
		text = str(value)
		if any(name in text for name in names):
			rest = {other: one for other, one in request.arguments.items() if other != key}
			yield replace(request, arguments=rest)
			yield replace(request, arguments={**rest, key: False})


def quoted(request: Request) -> Iterator[Request]:
	"""The request with a quote after each text in its arguments, one after the other."""
	for number, changed in enumerate(_quoted(request.arguments)):
		if number < _MOST:
			yield replace(request, arguments=changed)


def _quoted(value: object) -> Iterator[object]:
	if isinstance(value, str):
		yield f"{value}'"
	elif isinstance(value, dict):
		for key, inner in value.items():
			yield from (type(value)({**value, key: changed}) for changed in _quoted(inner))
	elif isinstance(value, list):
		for index, inner in enumerate(value):
			yield from ([*value[:index], changed, *value[index + 1 :]] for changed in _quoted(inner))
