"""Ways round that a second look found, by what forms ask and by transfers: each stays closed."""

import json

import frappe
import pytest

from branch_crm.branch_access import document_api
from tests.site.company import as_user, make_customer, make_tree, make_user, switch_on


@pytest.fixture(autouse=True)
def company() -> None:
	make_tree()
	make_customer("Northern", "Delhi")
	make_customer("Western", "Mumbai")


@pytest.mark.parametrize("document", ["Opportunity", "Payment Entry"])
@pytest.mark.parametrize("asked", ["a field", "a name"])
def test_the_proposed_branch_tells_nothing_of_what_has_no_branch(document: str, asked: str) -> None:
	"""Whether it is there, or what stands in its fields."""
	user = make_user("clerk", "Delhi", roles=("Sales User", "Accounts User"))
	frappe.db.set_value("User", "Administrator", "api_key", "secret")
	switch_on()
	guesses = {
		"a field": [{"name": "Administrator", "api_key": ["like", guess]} for guess in ("s%", "t%")],
		"a name": ["Administrator", "nobody@branch-crm.example"],
	}
	with as_user(user):
		right, wrong = (_proposed(document, guess) for guess in guesses[asked])
	assert right == wrong


def _proposed(document: str, user: str | dict) -> str | None:
	drafts = {
		"Opportunity": {"opportunity_from": "User", "party_name": user},
		"Payment Entry": {"references": [{"reference_doctype": "User", "reference_name": user}]},
	}
	return document_api.proposed_branch(json.dumps({"doctype": document, **drafts[document]}))
