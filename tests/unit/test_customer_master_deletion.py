import pytest

from branch_crm.customer_master.deletion_rules import BELONGING, MASTERS, is_kept


@pytest.mark.parametrize("doctype", MASTERS)
@pytest.mark.parametrize("links", [[], [("Customer", "A")]])
def test_masters_stay_whatever_they_are_linked_to(doctype: str, links: list) -> None:
	assert is_kept(doctype, links)


@pytest.mark.parametrize("doctype", BELONGING)
@pytest.mark.parametrize(
	("links", "kept"),
	[
		([("Customer", "A")], True),
		([("Supplier", "A")], True),
		([("Lead", "A"), ("Customer", "B")], True),
		([("Lead", "A")], False),
		([("Company", "A")], False),
		([("Customer", None)], False),
		([("Customer", "")], False),
		([(None, None)], False),
		([], False),
	],
)
def test_what_belongs_to_a_party_stays_as_long_as_it_does(doctype: str, links: list, kept: bool) -> None:
	assert is_kept(doctype, links) is kept


@pytest.mark.parametrize("doctype", ["Lead", "Sales Order", "User", "Customer Group"])
def test_everything_else_is_deleted_as_ever(doctype: str) -> None:
	assert not is_kept(doctype, [("Customer", "A")])
