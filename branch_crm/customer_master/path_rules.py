"""Trees as paths: of groups, categories, branches."""

from collections.abc import Mapping, Sequence

# by name: itself and what is above it, the nearest first
Paths = Mapping[str, Sequence[str]]


def paths_in(parents: Mapping[str, str | None]) -> dict[str, tuple[str, ...]]:
	"""The path of every name, given what is above each; one that is not given has nothing above it."""

	def path(name: str) -> tuple[str, ...]:
		above = parents[name]
		return (name, *path(above)) if above in parents else (name,)

	return {name: path(name) for name in parents}
