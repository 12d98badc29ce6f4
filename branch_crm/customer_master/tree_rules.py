"""How figures add up in a tree: in every node what is its own and what lies below, each once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from branch_crm.customer_master.path_rules import Paths

# the node, and the part of a node, of what has none
NONE = ""


class Addable(Protocol):
	def __add__(self: "F", other: "F") -> "F": ...


F = TypeVar("F", bound=Addable)


@dataclass(frozen=True)
class Share(Generic[F]):
	"""What comes to the same groups, all together. It belongs to `nodes`, which are several where customers have several
	branches, and within each of them to `parts`; `NONE` stands for having none."""

	nodes: frozenset[str]
	parts: frozenset[str]
	figures: F


@dataclass(frozen=True)
class Row(Generic[F]):
	"""A node with everything below it; or, of its own only, what falls to a `part`."""

	node: str
	part: str | None
	depth: int
	figures: F


def roll_up(shares: Iterable[Share[F]], paths: Paths, with_parts: bool) -> list[Row[F]]:
	"""A row for each node to which anything comes, as a tree is printed: siblings by name, below a node first its own
	parts, then the nodes below it. What has no node comes last.

	A share of several nodes counts once in whatever lies above them. So rows below one another add up to the row above
	them in all amounts, and in numbers but for those that are in several of them.
	"""
	nodes: dict[str, F] = {}
	parts: dict[str, dict[str, F]] = {}
	for share in shares:
		for node in {above for own in share.nodes for above in _path(own, paths)}:
			_add(nodes, node, share.figures)
		for own in share.nodes if with_parts else ():
			for part in share.parts:
				_add(parts.setdefault(own, {}), part, share.figures)
	rows = []
	for node in sorted(nodes, key=lambda name: (name == NONE, _path(name, paths)[::-1])):
		depth = len(_path(node, paths)) - 1
		rows.append(Row(node, None, depth, nodes[node]))
		own = parts.get(node, {})
		for part in sorted(own, key=lambda name: (name == NONE, name)):
			rows.append(Row(node, part, depth + 1, own[part]))
	return rows


def total(shares: Iterable[Share[F]], nothing: F) -> F:
	return sum((share.figures for share in shares), nothing)


def _add(found: dict[str, F], name: str, figures: F) -> None:
	found[name] = found[name] + figures if name in found else figures


def _path(name: str, paths: Paths) -> Sequence[str]:
	return paths.get(name, (name,))
