"""The code of a customer: its series, how it lasts, and how customers are found by it."""

import frappe
import pytest

from branch_crm.customer_master import code_jobs
from branch_crm.customer_master.code_events import CustomerCodeError
from tests.site.company import as_user, make_customer, make_tree, make_user, switch_on
from tests.site.http_requests import call, send

SETTINGS = "Customer Master Settings"


@pytest.fixture(autouse=True)
def branches() -> None:
	make_tree()
	frappe.db.set_single_value(SETTINGS, "customer_code_series", "ZQ-.###")
	frappe.db.set_value("Branch", "North", "customer_code_series", "ZQN-.###")
	frappe.db.set_value("Branch", "Delhi", "customer_code_series", "ZQD-.###")


def _code(customer: str) -> str | None:
	return frappe.db.get_value("Customer", customer, "customer_code")


def test_a_new_customer_gets_the_next_code_of_its_branch() -> None:
	codes = [
		make_customer(f"zq {number}", *branches).customer_code
		for number, branches in enumerate((["Delhi"], ["Agra"], ["Mumbai"], ["Delhi"], []))
	]
	assert codes == ["ZQD-001", "ZQN-001", "ZQ-001", "ZQD-002", "ZQ-002"]


def test_a_typed_code_is_kept_and_not_given_again() -> None:
	frappe.get_doc({"doctype": "Customer", "customer_name": "zq typed", "customer_code": " ZQ-001 "}).insert()
	assert _code("zq typed") == "ZQ-001"
	assert make_customer("zq next", "Mumbai").customer_code == "ZQ-002"
	taken = {"doctype": "Customer", "customer_name": "zq taken", "customer_code": "ZQ-001"}
	with pytest.raises(CustomerCodeError, match="taken"):
		frappe.get_doc(taken).insert()


def test_codes_are_typed_by_hand_where_there_is_no_series() -> None:
	frappe.db.set_single_value(SETTINGS, "customer_code_series", "")
	assert make_customer("zq none", "Mumbai").customer_code is None
	assert make_customer("zq other none", "Mumbai").customer_code is None


def test_a_code_lasts_by_every_route() -> None:
	customer = make_customer("zq lasting", "Delhi")
	user = make_user("keeper", "Delhi", roles=("Sales Master Manager", "Sales Manager", "Sales User"))
	switch_on()
	change = {"doctype": "Customer", "name": customer.name, "fieldname": "customer_code", "value": "OTHER"}
	assert call(user, "frappe.client.set_value", **change).status == 417
	assert send(user, "PUT", f"/api/resource/Customer/{customer.name}", customer_code="OTHER").status == 417
	customer.customer_code = "OTHER"
	with pytest.raises(CustomerCodeError, match="lasting"):
		customer.save()
	customer.reload()
	customer.customer_code = None
	customer.save()
	assert _code("zq lasting") == "ZQD-001"
	frappe.rename_doc("Customer", "zq lasting", "zq renamed")
	assert _code("zq renamed") == "ZQD-001"


@pytest.mark.parametrize("text", ["ZQD-001", "zq trading", "zq legal"])
def test_customers_are_found_by_code_and_both_names(text: str) -> None:
	customer = make_customer("zq legal name", "Delhi")
	customer.trading_name = "zq trading name"
	customer.save()
	user = make_user("seller", "Delhi")
	switch_on()
	with as_user(user):
		found = frappe.call("frappe.desk.search.search_link", doctype="Customer", txt=text)
	assert "zq legal name" in {row["value"] for row in found}


def test_those_from_before_get_theirs_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
	# or the batches would outlive the test
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	names = [make_customer(f"zq old {number}", "Agra").name for number in range(5)]
	frappe.db.set_value("Customer", {"name": ["in", names]}, "customer_code", None, update_modified=False)
	before = frappe.get_all("Customer", {"name": ["in", names]}, ["name", "modified"])
	others = frappe.db.count("Customer", {"customer_code": ["is", "not set"]}) - len(names)
	assert code_jobs.give_codes(size=2) == len(names) + others
	assert len({_code(name) for name in names} - {None}) == len(names)
	assert frappe.get_all("Customer", {"name": ["in", names]}, ["name", "modified"]) == before
	assert code_jobs.give_codes(size=2) == 0


def test_only_administrators_give_codes_to_all() -> None:
	user = make_user("asker", "Delhi")
	for method in ("count_without_code", "begin_giving_codes"):
		assert call(user, f"branch_crm.customer_master.code_api.{method}").status == 403


def test_a_series_that_frappe_does_not_know_is_refused() -> None:
	settings = frappe.get_doc(SETTINGS)
	settings.customer_code_series = "§.###"
	with pytest.raises(frappe.ValidationError):
		settings.save()
	branch = frappe.get_doc("Branch", "Mumbai")
	branch.customer_code_series = "§.###"
	with pytest.raises(frappe.ValidationError):
		branch.save()
