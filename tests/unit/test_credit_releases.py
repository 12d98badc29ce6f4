"""What a release lets pass, and who may give one."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from branch_crm.credit_control.payment_rules import Share
from branch_crm.credit_control.release_rules import Authority, Content, Refusal, Release, fits, refusal

TODAY = date(2026, 11, 30)
ITEMS = (("Paper", Decimal(2), Decimal(30)), ("Ink", Decimal(1), Decimal(40)))
ORDER = Content("Acme", "Banyan", "Delhi", "Sales Order", Decimal(100), ITEMS)
FOR_ORDER = Release("Acme", "Banyan", Decimal(100), fingerprint=ORDER.fingerprint)


def test_the_same_content_has_the_same_fingerprint_whatever_its_name_and_the_order_of_its_rows() -> None:
	assert replace(ORDER, items=ITEMS[::-1]).fingerprint == ORDER.fingerprint
	other = (("Paper", Decimal("2.0"), Decimal("3E1")), ITEMS[1])
	assert replace(ORDER, items=other, amount=Decimal("100.00")).fingerprint == ORDER.fingerprint


@pytest.mark.parametrize(
	"changed",
	[
		{"customer": "Other"},
		{"company": "Other"},
		{"branch": "Agra"},
		{"kind": "Sales Invoice"},
		{"amount": Decimal(101)},
		{"items": ITEMS[:1]},
		{"items": (*ITEMS, ITEMS[0])},
		{"items": (("Paper", Decimal(3), Decimal(20)), ITEMS[1])},
		{"payment": (Share(60, Decimal(100)),)},
	],
)
def test_another_content_has_another_fingerprint(changed: dict) -> None:
	other = replace(ORDER, **changed)
	assert other.fingerprint != ORDER.fingerprint
	assert not fits(FOR_ORDER, other, TODAY)


@pytest.mark.parametrize(
	("changed", "expected"),
	[
		({}, True),
		({"until": TODAY}, True),
		({"until": TODAY - timedelta(1)}, False),
		({"amount": Decimal(99)}, False),
		({"used": Decimal(1)}, False),
		({"amount": Decimal(200), "used": Decimal(100)}, True),
		# for all that the customer asks for
		({"fingerprint": None}, True),
		({"fingerprint": None, "customer": "Other"}, False),
	],
)
def test_a_release_is_for_its_content_its_days_and_its_amount(changed: dict, expected: bool) -> None:
	assert fits(replace(FOR_ORDER, **changed), ORDER, TODAY) is expected


@pytest.mark.parametrize(
	("authorities", "expected"),
	[
		([], Refusal.AUTHORITY),
		([Authority("Credit Controller")], None),
		([Authority("Credit Controller", Decimal(100))], None),
		([Authority("Credit Controller", Decimal(99))], Refusal.AUTHORITY),
		([Authority("Credit Controller", None, frozenset(["Agra"]))], Refusal.AUTHORITY),
		(
			[
				Authority("Credit Controller", Decimal(9)),
				Authority("Head", Decimal(500), frozenset(["Delhi"])),
			],
			None,
		),
	],
)
def test_whoever_releases_has_authority_for_the_amount_in_the_branch(
	authorities: list[Authority], expected: Refusal | None
) -> None:
	assert refusal(Decimal(100), "Delhi", authorities, is_own=False, is_blocked=False) is expected


def test_nobody_releases_his_own_and_nobody_a_block() -> None:
	anything = [Authority("Head")]
	assert refusal(Decimal(1), "Delhi", anything, is_own=True, is_blocked=False) is Refusal.OWN
	assert refusal(Decimal(1), "Delhi", anything, is_own=False, is_blocked=True) is Refusal.BLOCKED
