import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_crm.customer_master.merge_rules import KEYS, Obstacle, Side, obstacles, taken
from branch_crm.customer_master.price_rules import On, Price

OTHER = Side("Other")
PRICE = Price("price", On.ITEM, "Pump")
RULE = frozenset({(On.ITEM, "Pump", "20", 1, 0)})


@pytest.mark.parametrize(
	("lost", "kept", "found"),
	[
		(Side("One"), OTHER, []),
		(Side("One"), Side("One"), [Obstacle.SAME]),
		(Side("one"), Side("One"), [Obstacle.SAME]),
		(Side("One", is_disabled=True), OTHER, []),
		(Side("One"), Side("Other", is_disabled=True), [Obstacle.DISABLED]),
		(Side("One", currencies={"A": {"INR"}}), OTHER, []),
		(Side("One", currencies={"A": {"INR"}}), Side("Other", currencies={"A": {"INR"}}), []),
		(Side("One", currencies={"A": {"INR"}}), Side("Other", currencies={"B": {"USD"}}), []),
		(
			Side("One", currencies={"A": {"INR"}}),
			Side("Other", currencies={"A": {"USD"}}),
			[Obstacle.CURRENCIES],
		),
		(Side("One", represents="A"), Side("Other", represents="A"), []),
		(Side("One", represents="A"), OTHER, [Obstacle.INTERNAL]),
		(Side("One"), Side("Other", represents="A"), [Obstacle.INTERNAL]),
		(Side("One", is_linked=True), OTHER, []),
		(Side("One", is_linked=True), Side("Other", is_linked=True), [Obstacle.LINKED]),
		(Side("One", is_cash=True), OTHER, [Obstacle.CASH]),
		(Side("One"), Side("Other", is_cash=True), [Obstacle.CASH]),
		(Side("One", pricing_rules=RULE), Side("Other", pricing_rules=RULE), [Obstacle.PRICING_RULES]),
		(Side("One", pricing_rules=RULE), OTHER, []),
		(Side("One", prices={"Dealer": [PRICE]}), Side("Other", prices={"General": [PRICE]}), []),
		(
			Side("One", prices={"Dealer": [PRICE]}),
			Side("Other", prices={"Dealer": [PRICE]}),
			[Obstacle.PRICES],
		),
		(
			Side("One", is_linked=True, represents="A"),
			Side("Other", is_linked=True, is_disabled=True),
			[Obstacle.DISABLED, Obstacle.INTERNAL, Obstacle.LINKED],
		),
	],
)
def test_what_stands_in_the_way_of_a_merge(lost: Side, kept: Side, found: list[Obstacle]) -> None:
	assert obstacles(lost, kept) == found


A, B, C = ({"company": company, "limit": limit} for company, limit in (("A", 1), ("A", 2), ("B", 1)))


@pytest.mark.parametrize(
	("table", "lost", "kept", "places"),
	[
		("Customer Credit Limit", [A, C], [], [0, 1]),
		("Customer Credit Limit", [A, C], [B], [1]),
		("Customer Credit Limit", [A, B], [], [0]),
		("Customer Credit Limit", [], [A], []),
		("CRM Note", [A, B], [A], [1]),
		("CRM Note", [A, A], [], [0]),
	],
)
def test_rows_are_taken_where_their_key_is_not_there(
	table: str, lost: list, kept: list, places: list[int]
) -> None:
	assert taken(table, lost, kept) == places


def test_a_sales_team_is_taken_as_a_whole_or_not_at_all() -> None:
	team = [{"sales_person": "X"}, {"sales_person": "Y"}]
	assert taken("Sales Team", team, []) == [0, 1]
	assert taken("Sales Team", team, [{"sales_person": "Z"}]) == []


ROWS = st.lists(st.fixed_dictionaries({"company": st.sampled_from("ABC"), "limit": st.integers(0, 2)}))


@given(ROWS, ROWS, st.sampled_from(["Party Account", "CRM Note"]))
def test_every_key_is_there_once_more_than_before_at_most(lost: list, kept: list, table: str) -> None:
	key = KEYS.get(table)

	def keys(rows: list) -> list:
		return [row[key] if key else (row["company"], row["limit"]) for row in rows]

	added = [lost[place] for place in taken(table, lost, kept)]
	assert len(set(keys(added))) == len(added)
	assert not set(keys(added)) & set(keys(kept))
	assert set(keys(added)) | set(keys(kept)) == set(keys(lost)) | set(keys(kept))
