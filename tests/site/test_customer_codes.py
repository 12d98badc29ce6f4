"""The code of a customer: its series, how it lasts, and how customers are found by it."""

from collections.abc import Iterator

import frappe
import pytest
from frappe.custom.doctype.property_setter.property_setter import make_property_setter

from branch_crm.customer_master import code_events, code_jobs, code_queries, search_fields
from branch_crm.customer_master.code_events import CustomerCodeError
from tests.site.company import as_user, make_customer, make_tree, make_user, switch_on
from tests.site.http_requests import call, send

SETTINGS = "Customer Master Settings"


def _make_branches() -> None:
	make_tree()
	frappe.db.set_single_value(SETTINGS, "customer_code_series", "ZQ-.###")
	frappe.db.set_value("Branch", "North", "customer_code_series", "ZQN-.###")
	frappe.db.set_value("Branch", "Delhi", "customer_code_series", "ZQD-.###")


@pytest.fixture
def branches() -> None:
	_make_branches()


@pytest.fixture
def committed(taken_away: None) -> Iterator[None]:
	"""The same for what commits; what no creation dates goes again as well."""
	# what an earlier test rolled back is still in the cache of the connection
	usual = frappe.db.get_single_value(SETTINGS, "customer_code_series", cache=False)
	_make_branches()
	yield
	frappe.db.rollback()
	frappe.db.set_single_value(SETTINGS, "customer_code_series", usual)
	frappe.db.delete("Series", {"name": ["like", "ZQ%"]})
	frappe.db.commit()


def _code(customer: str) -> str | None:
	return frappe.db.get_value("Customer", customer, "customer_code")


def test_a_new_customer_gets_the_next_code_of_its_branch(branches: None) -> None:
	codes = [
		make_customer(f"zq {number}", *branches).customer_code
		for number, branches in enumerate((["Delhi"], ["Agra"], ["Mumbai"], ["Delhi"], []))
	]
	assert codes == ["ZQD-001", "ZQN-001", "ZQ-001", "ZQD-002", "ZQ-002"]


def test_a_typed_code_is_kept_and_not_given_again(branches: None) -> None:
	frappe.get_doc({"doctype": "Customer", "customer_name": "zq typed", "customer_code": " ZQ-001 "}).insert()
	assert _code("zq typed") == "ZQ-001"
	assert make_customer("zq next", "Mumbai").customer_code == "ZQ-002"
	taken = {"doctype": "Customer", "customer_name": "zq taken", "customer_code": "ZQ-001"}
	with pytest.raises(CustomerCodeError, match="taken"):
		frappe.get_doc(taken).insert()


def test_codes_are_typed_by_hand_where_there_is_no_series(branches: None) -> None:
	frappe.db.set_single_value(SETTINGS, "customer_code_series", "")
	assert make_customer("zq none", "Mumbai").customer_code is None
	assert make_customer("zq other none", "Mumbai").customer_code is None


def test_a_code_lasts_by_every_route(branches: None) -> None:
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
def test_customers_are_found_by_code_and_both_names(branches: None, text: str) -> None:
	customer = make_customer("zq legal name", "Delhi")
	customer.trading_name = "zq trading name"
	customer.save()
	user = make_user("seller", "Delhi")
	switch_on()
	with as_user(user):
		found = frappe.call("frappe.desk.search.search_link", doctype="Customer", txt=text)
	assert "zq legal name" in {row["value"] for row in found}


def test_those_from_before_get_theirs_in_batches_that_can_be_begun_again(
	committed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
	names = [make_customer(f"zq old {number}", "Agra").name for number in range(5)]
	before_all = code_queries.count_without_code()
	frappe.db.set_value("Customer", {"name": ["in", names]}, "customer_code", None, update_modified=False)
	frappe.db.commit()
	before = frappe.get_all("Customer", {"name": ["in", names]}, ["name", "modified"])
	shown = []

	def killed(percent: float, **_: object) -> None:
		shown.append(percent)
		raise KeyboardInterrupt

	# where a batch has ended is where the test can kill it
	with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
		patch.setattr(frappe, "publish_progress", killed)
		code_jobs.give_codes(size=2)
	frappe.db.rollback()
	assert len(shown) == 1
	assert code_queries.count_without_code() == before_all + 5 - 2
	first = {name: _code(name) for name in names if _code(name)}
	assert code_jobs.give_codes(size=2) == before_all + 5 - 2
	codes = {name: _code(name) for name in names}
	assert len(set(codes.values()) - {None}) == 5
	assert first.items() <= codes.items()
	assert frappe.get_all("Customer", {"name": ["in", names]}, ["name", "modified"]) == before
	assert code_jobs.give_codes(size=2) == 0


def test_a_series_may_name_a_field_of_the_customer(branches: None) -> None:
	frappe.db.set_single_value(SETTINGS, "customer_code_series", "ZQ-.{customer_type}.-.##")
	customer = make_customer("zq of a type", "Mumbai")
	assert customer.customer_code == "ZQ-Company-01"
	assert code_events.next_code("Mumbai", customer) == "ZQ-Company-02"


def test_a_code_that_somebody_has_typed_meanwhile_lasts(branches: None) -> None:
	customer = make_customer("zq typed meanwhile", "Delhi")
	assert not code_jobs._keep(customer.name, "OTHER")
	assert _code(customer.name) == "ZQD-001"


def test_what_others_search_customers_by_stays(branches: None) -> None:
	def searched() -> list[str]:
		return frappe.get_meta("Customer").search_fields.replace(" ", "").split(",")

	standard = frappe.db.get_value("DocType", "Customer", "search_fields").replace(" ", "").split(",")
	assert searched() == [*standard, "customer_code", "trading_name"]
	search_fields.remove()
	assert searched() == standard
	make_property_setter(
		"Customer", None, "search_fields", "customer_group,website", "Data", for_doctype=True
	)
	frappe.clear_cache(doctype="Customer")
	search_fields.add()
	assert searched() == ["customer_group", "website", "customer_code", "trading_name"]
	search_fields.remove()
	assert searched() == ["customer_group", "website"]
	frappe.clear_cache(doctype="Customer")


def test_only_administrators_give_codes_to_all(branches: None) -> None:
	user = make_user("asker", "Delhi")
	for method in ("count_without_code", "begin_giving_codes"):
		assert call(user, f"branch_crm.customer_master.code_api.{method}").status == 403


def test_a_series_that_frappe_does_not_know_is_refused(branches: None) -> None:
	settings = frappe.get_doc(SETTINGS)
	settings.customer_code_series = "§.###"
	with pytest.raises(frappe.ValidationError):
		settings.save()
	branch = frappe.get_doc("Branch", "Mumbai")
	branch.customer_code_series = "§.###"
	with pytest.raises(frappe.ValidationError):
		branch.save()
