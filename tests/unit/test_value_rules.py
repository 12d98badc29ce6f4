"""Values that become parts of queries."""

import json

import pytest

from branch_crm.branch_access.argument_rules import Malformed
from branch_crm.branch_access.value_rules import has_sql, is_barred, is_plain, kinds_among, pairs_in


@pytest.mark.parametrize(
	"arguments",
	[
		{"posting_date": "2020-01-01' or 1=1"},
		{"args": {"from_posting_date": '2020-01-01"'}},
		{"args": json.dumps({"rows": [{"expiry_date": "a\\"}]})},
		{"party_type": "Customer'"},
		{"docs": json.dumps({"doctype": "Subscription", "current_invoice_end": "2020-01-01'"})},
		{"filters": {"transaction_date": ["between", ["2020-01-01'", "2020-01-02"]]}},
		{"from_time": {"a": "`"}},
	],
)
def test_what_ends_a_text_is_found(arguments: dict) -> None:
	assert has_sql(pairs_in(arguments))


@pytest.mark.parametrize(
	"arguments",
	[
		{"posting_date": "2020-01-01 10:00:00.000+05:30", "party": "O'Brien", "update": "it's"},
		{"args": {"to_date": None, "customer": "O'Brien", "validate": "'"}},
		{"issue_type": "Customer's Fault"},
		{"doctype": "Sales Order", "voucher_type": "Sales Invoice"},
	],
)
def test_what_people_write_is_left_alone(arguments: dict) -> None:
	assert not has_sql(pairs_in(arguments))


def test_what_goes_too_deep_is_refused() -> None:
	deep: dict = {"posting_date": "2020-01-01"}
	for _ in range(30):
		deep = {"args": deep}
	with pytest.raises(Malformed):
		pairs_in(deep)


@pytest.mark.parametrize(
	"arguments",
	[
		{"doctype": "customer", "name": "A"},
		{"args": json.dumps({"rows": [{"party_type": "customer"}]})},
		{"filters": {"reference_doctype": ["in", ["customer"]]}},
		{"docs": [{"quotation_to": "customer", "customer_name": "lead"}]},
		{"link_doctype": '["customer"]'},
	],
)
def test_kinds_are_found_on_every_level(arguments: dict) -> None:
	assert "customer" in kinds_among(pairs_in(arguments))
	assert "lead" not in kinds_among(pairs_in(arguments))


@pytest.mark.parametrize(
	("value", "plain"), [("Nos", True), ("N'", False), (["a", "b'"], False), (None, True), (1, True)]
)
def test_single_values_are_plain(value: object, plain: bool) -> None:
	assert is_plain(value) is plain


def test_nobody_asks_for_the_prices_of_all_parties() -> None:
	assert any(map(is_barred, pairs_in({"args": json.dumps({"items": [{"ignore_party": 1}]})})))
	assert not any(map(is_barred, pairs_in({"args": {"ignore_party": 0, "party": "ignore_party"}})))
