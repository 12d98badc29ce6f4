"""Of many sales at the same moment that each fit a limit, but not together, exactly one passes; the others hear the usual
refusal, and what is kept is what the documents say."""

import os

import frappe
import pytest
from frappe.utils import getdate

from branch_crm.credit_control import exposure_work, recount_work
from branch_crm.credit_control.hold_queries import HOLD
from branch_crm.credit_control.judge_events import CreditRefusedError
from branch_crm.demo.records import COMPANY
from tests.site import cheques, credit, documents
from tests.site.categories import make_category
from tests.site.company import as_user, make_customer, make_user
from tests.site.credit import profile
from tests.site.credit_processes import sellers, submitted_at_once
from tests.site.holds import CONTROLLERS, released

ROUNDS = int(os.environ.get("BRANCH_CRM_ROUNDS") or 3)
PEOPLE = [int(number) for number in (os.environ.get("BRANCH_CRM_SELLERS") or "8").split(",")]


def _one_customer(people: int) -> list[dict]:
	profile(credit.buyer("Delhi", "Agra"), credit_limit=100)
	return [{"customer": credit.BUYER, "branch": "Delhi"}] * people


def _two_branches(people: int) -> list[dict]:
	limits = [{"branch": branch, "credit_limit": 1000} for branch in ("Delhi", "Agra")]
	profile(credit.buyer("Delhi", "Agra"), credit_limit=100, branch_limits=limits)
	return [{"customer": credit.BUYER, "branch": ("Delhi", "Agra")[number % 2]} for number in range(people)]


def _category(people: int) -> list[dict]:
	make_category("Zq Group", is_group=1)
	profile("Zq Group", party_type="Customer Category", credit_limit=100)
	customers = [make_customer(f"Zq Sister {number}", "Delhi").name for number in range(people)]
	for customer in customers:
		frappe.db.set_value("Customer", customer, "customer_category", "Zq Group")
	return [{"customer": customer, "branch": "Delhi"} for customer in customers]


@pytest.mark.parametrize("number", PEOPLE)
@pytest.mark.parametrize("asking", [_one_customer, _two_branches, _category])
@pytest.mark.usefixtures("judged_company")
def test_of_many_that_fit_alone_one_passes(asking: object, number: int) -> None:
	asked = asking(number)
	frappe.db.commit()
	with sellers(number) as people:
		for _round in range(ROUNDS):
			orders = [documents.sales("Sales Order", submit=False, **values).name for values in asked]
			frappe.db.commit()
			said = submitted_at_once(people, orders)
			assert sorted(said) == ["CreditRefusedError"] * (number - 1) + ["done"]
			frappe.db.rollback()
			customers = sorted({values["customer"] for values in asked})
			assert not recount_work.recount(COMPANY, customers)
			frappe.db.commit()
			frappe.get_doc("Sales Order", orders[said.index("done")]).cancel()
			exposure_work.settle()
			frappe.db.commit()


@pytest.mark.parametrize(("for_all", "amount", "passing"), [(False, 1500, 1), (True, 3000, 2)])
@pytest.mark.usefixtures("judged_company")
def test_a_release_is_used_once_or_up_to_its_amount_by_whoever_comes_at_once(
	for_all: bool, amount: int, passing: int
) -> None:
	profile(credit.buyer("Delhi"), credit_limit=1000)
	controller = make_user("controller", roles=CONTROLLERS)
	# the same content, four times
	orders = [credit.ordered(15, submit=False, branch="Delhi").name for _ in range(4)]
	frappe.db.commit()
	with pytest.raises(CreditRefusedError):
		frappe.get_doc("Sales Order", orders[0]).submit()
	frappe.db.rollback()
	hold = frappe.get_last_doc(HOLD)
	with as_user(controller):
		released(hold, amount, for_all=for_all, until=getdate())
	frappe.db.commit()
	with sellers(4) as people:
		said = submitted_at_once(people, orders)
	assert sorted(said) == ["CreditRefusedError"] * (4 - passing) + ["done"] * passing
	frappe.db.rollback()
	used, status = frappe.db.get_value(HOLD, hold.name, ["used_amount", "status"])
	assert (used, status) == (amount, "Used")


@pytest.mark.usefixtures("judged_company")
def test_two_who_return_a_cheque_at_once_return_it_once() -> None:
	profile(credit.buyer("Delhi"), credit_limit=5000)
	invoice = credit.billed(1000, branch="Delhi")
	receipt = cheques.cheque(1000, invoice)
	drafts = [cheques.draft(receipt).name for _ in range(2)]
	frappe.db.commit()
	with sellers(2) as people:
		assert sorted(submitted_at_once(people, drafts, cheques.RETURN)) == ["ChequeReturnError", "done"]
	frappe.db.rollback()
	assert credit.contributed() == {"receivable": 1000}
