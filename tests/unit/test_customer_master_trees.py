"""Roll-ups against their definition: a node has whatever is in it or below it, once."""

from hypothesis import given
from hypothesis import strategies as st

from branch_crm.customer_master.path_rules import paths_in
from branch_crm.customer_master.sales_rules import Figures
from branch_crm.customer_master.tree_rules import NONE, Row, Share, roll_up, total

PARENTS = {
	"Kapadia": None,
	"Foods": "Kapadia",
	"Dairy": "Foods",
	"Steel": "Kapadia",
	"Shetty": None,
}
PATHS = paths_in(PARENTS)
NODES = (*PARENTS, NONE, "Gone")
PARTS = ("Delhi", "Mumbai", NONE)


def _share(nodes: str, parts: str = "", **figures: float) -> Share:
	return Share(frozenset(nodes.split("+")), frozenset(parts.split("+")), Figures(**figures))


def _shown(rows: list[Row], figure: str) -> list[tuple]:
	return [
		(row.depth, row.node if row.part is None else row.part, getattr(row.figures, figure)) for row in rows
	]


def test_a_path_leads_to_the_top_or_to_what_is_not_known() -> None:
	assert PATHS["Dairy"] == ("Dairy", "Foods", "Kapadia")
	assert PATHS["Shetty"] == ("Shetty",)
	assert paths_in({"Foods": "Kapadia", "Dairy": "Foods"})["Dairy"] == ("Dairy", "Foods")


def test_a_node_has_its_own_and_what_lies_below() -> None:
	shares = [_share("Kapadia", invoiced=1), _share("Dairy", invoiced=10), _share("", invoiced=100)]
	assert _shown(roll_up(shares, PATHS, with_parts=False), "invoiced") == [
		(0, "Kapadia", 11),
		(1, "Foods", 10),
		(2, "Dairy", 10),
		(0, "", 100),
	]
	assert total(shares, Figures()) == Figures(invoiced=111)


def test_the_parts_of_a_node_are_its_own_alone() -> None:
	shares = [
		_share("Kapadia", "Mumbai", invoiced=1),
		_share("Kapadia", "Delhi", invoiced=2),
		_share("Kapadia", "", invoiced=4),
		_share("Steel", "Delhi", invoiced=10),
	]
	assert _shown(roll_up(shares, PATHS, with_parts=True), "invoiced") == [
		(0, "Kapadia", 17),
		(1, "Delhi", 2),
		(1, "Mumbai", 1),
		(1, "", 4),
		(1, "Steel", 10),
		(2, "Delhi", 10),
	]


def test_customers_of_several_nodes_count_once_above_them() -> None:
	shares = [_share("Dairy+Steel", "Dealer", customers=3), _share("Dairy", "Dealer", customers=1)]
	assert _shown(roll_up(shares, PATHS, with_parts=True), "customers") == [
		(0, "Kapadia", 4),
		(1, "Foods", 4),
		(2, "Dairy", 4),
		(3, "Dealer", 4),
		(1, "Steel", 3),
		(2, "Dealer", 3),
	]
	assert total(shares, Figures()).customers == 4


def test_customers_of_several_parts_are_in_each_of_them() -> None:
	rows = roll_up([_share("Steel", "Delhi+Mumbai", customers=2, new_customers=1)], PATHS, with_parts=True)
	assert _shown(rows, "customers") == [
		(0, "Kapadia", 2),
		(1, "Steel", 2),
		(2, "Delhi", 2),
		(2, "Mumbai", 2),
	]


def _some(names: tuple[str, ...]) -> st.SearchStrategy[frozenset[str]]:
	return st.frozensets(st.sampled_from(names), min_size=1)


@given(st.lists(st.tuples(_some(NODES), _some(PARTS), st.integers(-9, 9))))
def test_every_row_is_what_the_definition_says(drawn: list[tuple]) -> None:
	shares = [Share(nodes, parts, Figures(customers=number)) for nodes, parts, number in drawn]
	rows = roll_up(shares, PATHS, with_parts=True)
	reached = {node: [node] for node in NODES} | {
		node: [name for name in PARENTS if node in PATHS[name]] for node in PARENTS
	}
	met = {(row.node, row.part): row.figures.customers for row in rows}
	for node in NODES:
		for part in (None, *PARTS):
			wanted = [
				share
				for share in shares
				if (part is None and not share.nodes.isdisjoint(reached[node]))
				or (node in share.nodes and part in share.parts)
			]
			assert ((node, part) in met) == bool(wanted)
			assert met.get((node, part), 0) == sum(share.figures.customers for share in wanted)


@given(st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(PARTS), st.integers(-9, 9))))
def test_what_stands_below_a_row_adds_up_to_it(drawn: list[tuple]) -> None:
	shares = [_share(node, part, invoiced=amount) for node, part, amount in drawn]
	rows = roll_up(shares, PATHS, with_parts=True)
	assert sum(row.figures.invoiced for row in rows if row.depth == 0) == total(shares, Figures()).invoiced
	for place, row in enumerate(rows):
		below = []
		for other in rows[place + 1 :]:
			if other.depth <= row.depth:
				break
			below.append(other)
		if row.part is None:
			assert row.figures.invoiced == sum(
				other.figures.invoiced for other in below if other.depth == row.depth + 1
			)
