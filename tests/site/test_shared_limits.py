"""What the customers of a category owe together follows them, and the tree."""

import frappe
import pytest

from branch_crm.credit_control import api, exposure_jobs, exposure_work
from branch_crm.customer_master import cash_queries
from branch_crm.demo.records import COMPANY
from tests.site import credit, documents
from tests.site.categories import make_category
from tests.site.company import make_tree
from tests.site.credit import BUYER, billed, buyer, profile


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list:
	"""What is asked of the background."""
	make_tree()
	make_category("Zq Group", is_group=1)
	make_category("Zq Works", "Zq Group")
	make_category("Zq Lone")
	buyer("Delhi", customer_category="Zq Works")
	credit.count()
	jobs: list = []
	# the job is run here, in the test's own transaction
	monkeypatch.setattr(frappe, "enqueue", lambda method, **values: jobs.append(method))
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	return jobs


def _shared(category: str = "Zq Group") -> float | None:
	return frappe.db.get_value("Credit Exposure", {"party": category, "company": COMPANY}, "exposure")


def _is_summed_up(asked: list) -> bool:
	"""Whether the background is asked to, which does so then."""
	is_asked = exposure_jobs.rebuild_categories in asked
	asked.clear()
	exposure_jobs.rebuild_categories()
	return is_asked


def test_a_category_that_gets_a_limit_knows_what_its_customers_owe(asked: list) -> None:
	billed(1000)
	exposure_work.settle()
	exposure_work.fold(COMPANY, BUYER)
	doc = profile("Zq Group", party_type="Customer Category", credit_limit=1500)
	assert _is_summed_up(asked)
	assert _shared() == 1000
	billed(200)
	assert api.position(BUYER, COMPANY)["available"] == 300
	exposure_work.fold(COMPANY, BUYER)
	assert _shared() == 1200
	frappe.delete_doc("Credit Profile", doc.name)
	assert _is_summed_up(asked)
	assert _shared() is None


def test_a_customer_that_goes_to_another_category_takes_what_it_owes_along(asked: list) -> None:
	for category in ("Zq Group", "Zq Lone"):
		profile(category, party_type="Customer Category", credit_limit=1500)
	billed(1000)
	exposure_work.settle()
	exposure_work.fold(COMPANY, BUYER)
	asked.clear()
	customer = frappe.get_doc("Customer", BUYER)
	customer.update({"customer_category": "Zq Lone"}).save()
	assert _is_summed_up(asked)
	assert (_shared(), _shared("Zq Lone")) == (0, 1000)
	customer.update({"website": "x.example"}).save()
	assert not asked


def test_a_category_that_moves_takes_its_customers_along(asked: list) -> None:
	profile("Zq Group", party_type="Customer Category", credit_limit=1500)
	billed(1000)
	exposure_work.settle()
	exposure_work.fold(COMPANY, BUYER)
	asked.clear()
	frappe.get_doc("Customer Category", "Zq Works").update({"parent_customer_category": None}).save()
	assert _is_summed_up(asked)
	assert _shared() == 0


def test_cash_takes_nothing_of_the_limit_of_its_category(asked: list) -> None:
	cash = cash_queries.cash_customer()
	frappe.db.set_value("Customer", cash, "customer_category", "Zq Works")
	profile("Zq Group", party_type="Customer Category", credit_limit=1500)
	documents.sales("Sales Order", cash, items=[{"item_code": documents.make_item(), "qty": 6, "rate": 100}])
	billed(1000)
	exposure_work.settle()
	for customer in (BUYER, cash):
		exposure_work.fold(COMPANY, customer)
	assert (_shared(), api.position(BUYER, COMPANY)["available"]) == (1000, 500)
	exposure_jobs.rebuild_categories()
	assert _shared() == 1000
