"""To whom a statement of account goes."""

import pytest

from branch_crm.credit_control.statement_rules import Contact, recipients

BILLING, SECOND = Contact("billing@x.example", is_billing=True), Contact("a@x.example", is_billing=True)
PRIMARY, OTHER = Contact("primary@x.example", is_primary=True), Contact("other@x.example")


@pytest.mark.parametrize(
	("contacts", "of_customer", "expected"),
	[
		([OTHER, PRIMARY, BILLING, SECOND, BILLING], "own@x.example", ["a@x.example", "billing@x.example"]),
		([OTHER, PRIMARY], "own@x.example", ["primary@x.example"]),
		([OTHER], "own@x.example", ["own@x.example"]),
		([OTHER], None, []),
		([], "", []),
	],
)
def test_billing_contacts_come_first_then_primary_ones_then_the_customer(
	contacts: list, of_customer: str | None, expected: list
) -> None:
	assert recipients(contacts, of_customer) == expected
