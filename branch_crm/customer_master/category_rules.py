"""How what customers come to adds up in a tree: in every node what is its own and what lies below, each once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from branch_crm.customer_master.path_rules import Paths

# the node, and the part of a node, of what has none
NONE = ""


@dataclass(frozen=True)
class Figures:
	"""Numbers of customers, and amounts in company currency."""

	customers: int = 0
	new_customers: int = 0
	ordered: float = 0
	invoiced: float = 0
	receivable: float = 0

	def __add__(self, other: "Figures") -> "Figures":
		return Figures(
			self.customers + other.customers,
			self.new_customers + other.new_customers,
			self.ordered + other.ordered,
			self.invoiced + other.invoiced,
			self.receivable + other.receivable,
		)


@dataclass(frozen=True)
class Share:
	"""What customers that are alike come to, all together. They belong to `nodes`, which are several where customers
	have several branches, and within each of them to `parts`; `NONE` stands for having none."""

	nodes: frozenset[str]
	parts: frozenset[str]
	figures: Figures


@dataclass(frozen=True)
class Row:
	"""A node with everything below it; or, of its own only, what falls to a `part`."""

	node: str
	part: str | None
	depth: int
	figures: Figures


def roll_up(shares: Iterable[Share], paths: Paths, with_parts: bool) -> list[Row]:
	"""A row for each node to which anything comes, as a tree is printed: siblings by name, below a node first its own
	parts, then the nodes below it. What has no node comes last.

	A share of several nodes counts once in whatever lies above them. So rows below one another add up to the row above
	them in all amounts, and in customers but for those that are in several of them.
	"""
	nodes: dict[str, Figures] = defaultdict(Figures)
	parts: dict[str, dict[str, Figures]] = defaultdict(lambda: defaultdict(Figures))
	for share in shares:
		for node in {above for own in share.nodes for above in _path(own, paths)}:
			nodes[node] += share.figures
		for own in share.nodes if with_parts else ():
			for part in share.parts:
				parts[own][part] += share.figures
	rows = []
	for node in sorted(nodes, key=lambda name: (name == NONE, _path(name, paths)[::-1])):
		depth = len(_path(node, paths)) - 1
		rows.append(Row(node, None, depth, nodes[node]))
		own = parts[node]
		for part in sorted(own, key=lambda name: (name == NONE, name)):
			rows.append(Row(node, part, depth + 1, own[part]))
	return rows


def total(shares: Iterable[Share]) -> Figures:
	return sum((share.figures for share in shares), Figures())


def _path(name: str, paths: Paths) -> Sequence[str]:
	return paths.get(name, (name,))
