"""Ways round that a second look found, by what forms ask and what backfills found: each stays closed."""

import json

import frappe
import pytest

from branch_crm.branch_access import document_api
from branch_crm.branch_access.backfill_queries import ENTRY, RUN
from tests.site import backfill
from tests.site.company import as_user, listed, make_customer, make_tree, make_user, opened, switch_on


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


def test_nobody_who_is_limited_by_branch_sees_what_a_backfill_found() -> None:
	"""It counts documents of all branches, and names them in its faults and its log."""
	make_customer("Wanted")
	user = make_user("admin", "Delhi", roles=("System Manager",))
	head = make_user("head", roles=("Branch Head Office",))
	run = backfill.make_run("CSV", csv="doctype,name,branch\nCustomer,Wanted,Delhi")
	backfill.apply(run)
	logged = set(frappe.get_all(ENTRY, {"run": run.name}, pluck="name"))
	assert logged
	for switch, sees in ((lambda: None, {user, head}), (switch_on, {head})):
		switch()
		for someone in (user, head):
			for doctype, names in ((RUN, {run.name}), (ENTRY, logged)):
				seen = names if someone in sees else set()
				assert listed(someone, doctype) & names == opened(someone, doctype, names) == seen
