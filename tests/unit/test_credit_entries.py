"""What a ledger row contributes, and to which branch."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_crm.credit_control.entry_rules import Component, LedgerRow, Place, changes, summed


def _row(
	kind: str, against: tuple[str, str] | None, amount: int, settled_branch: str | None = None
) -> LedgerRow:
	against = against or (kind, "V-1")
	return LedgerRow(kind, "V-1", *against, "Banyan", "Ram", "Delhi", Decimal(amount), settled_branch)


@pytest.mark.parametrize(
	("row", "component", "branch"),
	[
		(_row("Sales Invoice", None, 100), Component.RECEIVABLE, "Delhi"),
		(_row("Sales Invoice", None, -100), Component.RECEIVABLE, "Delhi"),
		# a credit note on an invoice of another branch
		(_row("Sales Invoice", ("Sales Invoice", "S-2"), -100, "Agra"), Component.RECEIVABLE, "Agra"),
		(_row("Payment Entry", None, -100), Component.ADVANCES, "Delhi"),
		(_row("Payment Entry", None, 100), Component.ADVANCES, "Delhi"),
		(_row("Payment Entry", ("Sales Order", "O-1"), -100, "Agra"), Component.ADVANCES, "Agra"),
		(_row("Payment Entry", ("Sales Invoice", "S-2"), -100, "Agra"), Component.RECEIVABLE, "Agra"),
		# what is paid has several branches
		(_row("Payment Entry", ("Journal Entry", "J-2"), -100), Component.RECEIVABLE, "Delhi"),
		# the invoice has none
		(_row("Payment Entry", ("Sales Invoice", "S-2"), -100, ""), Component.RECEIVABLE, ""),
		(_row("Journal Entry", None, 100), Component.RECEIVABLE, "Delhi"),
		(_row("Journal Entry", None, -100), Component.ADVANCES, "Delhi"),
		(_row("Journal Entry", ("Sales Order", "O-1"), -100, "Agra"), Component.ADVANCES, "Agra"),
		(_row("Journal Entry", ("Sales Invoice", "S-2"), 100, "Agra"), Component.RECEIVABLE, "Agra"),
	],
)
def test_a_row_counts_for_what_it_is_against(row: LedgerRow, component: Component, branch: str) -> None:
	assert (row.component, row.place.branch, row.place.component) == (component, branch, component.value)


places = st.builds(
	Place,
	st.just("Sales Invoice"),
	st.sampled_from(["S-1", "S-2"]),
	st.sampled_from([component.value for component in Component]),
	st.just("Banyan"),
	st.just("Ram"),
	st.sampled_from(["", "Delhi", "Agra"]),
)
contributions = st.lists(st.tuples(places, st.integers(-50, 50).map(Decimal)), max_size=8)


@given(contributions, contributions)
def test_what_was_noted_and_what_has_changed_come_to_what_is_now(before: list, now: list) -> None:
	noted, said = summed(before), summed(now)
	assert summed([*noted.items(), *changes(noted, said).items()]) == said
	assert not changes(said, said)


@given(contributions)
def test_what_comes_to_nothing_is_no_contribution(amounts: list) -> None:
	found = summed(amounts)
	assert all(found.values())
	assert sum(found.values()) == sum(amount for _place, amount in amounts)
