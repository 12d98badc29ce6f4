import json

import pytest

from branch_crm.branch_access import link_rules
from branch_crm.branch_access.argument_rules import Malformed
from branch_crm.branch_access.link_rules import Shape

SHAPES = {
	"Sales Order": Shape(["customer", "project"], {"items": "Sales Order Item", "taxes": "Tax"}),
	"Sales Order Item": Shape(["item_code"]),
	"Invoice": Shape([], {"items": "Invoice Item"}),
	"Invoice Item": Shape(["sales_order"]),
}
ORDER = {"doctype": "Sales Order"}
CONDITION = {"tax_id": ["like", "DE%"]}


def shape_of(doctype: str) -> Shape:
	return SHAPES.get(doctype, Shape())


@pytest.mark.parametrize("value", [None, "", "A", "{", 0, 7, False, [], {}])
def test_links_hold_names_or_nothing(value: object) -> None:
	link_rules.refuse_conditions({**ORDER, "customer": value, "items": [{"item_code": value}]}, shape_of)


@pytest.mark.parametrize("value", [CONDITION, ["A"], [["a", "=", "b"]], 1.5, {"name": "A"}])
@pytest.mark.parametrize(
	"document",
	[
		{**ORDER, "project": "{}"},
		{**ORDER, "items": [{"item_code": "A"}, {"item_code": "{}"}]},
		# whatever a row says of itself
		{**ORDER, "items": [{"doctype": "Tax", "item_code": "{}"}]},
		{"doctype": "Tax", "parenttype": "Invoice", "parentfield": "items", "sales_order": "{}"},
	],
)
def test_conditions_in_links_are_malformed(document: dict, value: object) -> None:
	sent = json.loads(json.dumps(document).replace('"{}"', json.dumps(value)))
	with pytest.raises(Malformed):
		link_rules.refuse_conditions(sent, shape_of)


def test_conditions_elsewhere_are_none_of_its_business() -> None:
	sent = {**ORDER, "filters": CONDITION, "items": "text", "taxes": [{"rates": CONDITION}, "text"]}
	link_rules.refuse_conditions(sent, shape_of)


def test_documents_are_found_on_every_level_and_in_json() -> None:
	arguments = {"doctype": "Tax", "doc": json.dumps(ORDER), "docs": [{"a": {"doctype": "Invoice"}}]}
	assert [found["doctype"] for found in link_rules.sent_documents(arguments)] == ["Sales Order", "Invoice"]


def test_what_is_too_deep_to_be_read_is_malformed() -> None:
	deep: object = ORDER
	for _ in range(20):
		deep = [deep]
	with pytest.raises(Malformed):
		list(link_rules.sent_documents({"docs": deep}))
