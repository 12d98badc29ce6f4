"""Who merges, what stands in the way, and a merge that takes long."""

import frappe
import pytest
from frappe.utils import add_days, nowdate

from branch_crm.customer_master import (
	archive_api,
	cash_queries,
	deletion_queries,
	merge_api,
	merge_jobs,
	merge_work,
)
from branch_crm.customer_master.merge_queries import MERGE
from branch_crm.customer_master.merge_work import MergeError
from branch_crm.customer_master.price_events import TradePriceError
from branch_crm.demo.records import COMPANY
from tests.site import goods
from tests.site.company import (
	KEEPERS,
	join_team,
	listed,
	make_customer,
	make_tree,
	make_user,
	nested_set_is_sound,
	opened,
	switch_on,
	team_of,
)
from tests.site.documents import sales
from tests.site.http_requests import call
from tests.site.prices import make_price, make_rule

API = "branch_crm.customer_master.merge_api"
REASON = "The same firm"
LOST, KEPT = "zq lost", "zq kept"
BOTH = {"doctype": "Customer", "from_name": LOST, "into_name": KEPT}
HEAD = (*KEEPERS, "Branch Head Office")


@pytest.fixture(autouse=True)
def customers() -> None:
	make_tree()
	make_customer(LOST, "Delhi")
	make_customer(KEPT, "Delhi")


def _obstacles() -> list[str]:
	return merge_api.preview(**BOTH)["obstacles"]


def test_only_who_keeps_customers_and_is_not_limited_by_branch_merges() -> None:
	limited = make_user("zq-limited", "Delhi", roles=KEEPERS)
	reader = make_user("zq-reader", roles=("Sales User", "Branch Head Office"))
	head = make_user("zq-head", roles=HEAD)
	switch_on()
	for user, status in ((limited, 403), (reader, 403), (head, 200)):
		assert call(user, f"{API}.preview", **BOTH).status == status
		assert call(user, f"{API}.merge", **BOTH, reason=REASON).status == status
	record = frappe.get_doc(MERGE, {"from_name": LOST})
	assert record.merged_by == head
	assert listed(limited, MERGE) == set()
	assert not opened(limited, MERGE, {record.name})
	assert call(limited, f"{API}.run_again", merge=record.name).status in (403, 404)
	assert listed(head, MERGE) == {record.name}


def test_a_limited_user_is_told_nothing_of_what_is_there() -> None:
	make_customer("zq foreign", "Mumbai")
	limited = make_user("zq-limited", "Delhi", roles=KEEPERS)
	switch_on()
	answers = {
		call(limited, f"{API}.preview", **{**BOTH, "into_name": name}).text.replace(name, "…")
		for name in ("zq foreign", "zq nobody")
	}
	assert len(answers) == 1


def test_who_may_not_read_suppliers_reads_nothing_of_their_merges() -> None:
	for name in (LOST, KEPT):
		goods.make_supplier(name)
	record = merge_api.merge("Supplier", LOST, KEPT, REASON)
	seller = make_user("zq-seller", roles=("Sales Master Manager",))
	buyer = make_user("zq-buyer", roles=("Purchase Master Manager",))
	assert (record in listed(seller, MERGE), record in listed(buyer, MERGE)) == (False, True)
	assert opened(seller, MERGE, {record}) == set()
	assert opened(buyer, MERGE, {record}) == {record}


def test_nothing_is_merged_without_a_reason_or_into_itself_or_of_another_kind() -> None:
	with pytest.raises(MergeError, match="Say why"):
		merge_api.merge(**BOTH, reason=" ")
	with pytest.raises(MergeError, match="itself"):
		merge_api.merge("Customer", LOST, LOST, REASON)
	with pytest.raises(MergeError, match="not merged"):
		merge_api.merge("Item Group", "Products", "Services", REASON)
	with pytest.raises(frappe.DoesNotExistError):
		merge_api.merge("Customer", LOST, "zq nobody", REASON)


def test_nothing_is_merged_into_who_is_archived_and_who_is_archived_is_merged() -> None:
	archive_api.archive("Customer", KEPT, REASON)
	assert any("archived" in sentence for sentence in _obstacles())
	with pytest.raises(MergeError):
		merge_api.merge(**BOTH, reason=REASON)
	archive_api.restore("Customer", KEPT)
	archive_api.archive("Customer", LOST, REASON)
	merge_api.merge(**BOTH, reason=REASON)
	assert not frappe.db.exists("Customer", LOST)


def test_ledgers_of_different_currencies_are_not_thrown_together() -> None:
	for name in (LOST, KEPT):
		sales("Sales Invoice", name)
	assert _obstacles() == []
	frappe.db.set_value("GL Entry", {"party": LOST}, "account_currency", "USD")
	assert any("currencies" in sentence for sentence in _obstacles())


def test_an_internal_customer_is_merged_with_its_like_only() -> None:
	frappe.db.set_value("Customer", LOST, {"is_internal_customer": 1, "represents_company": COMPANY})
	assert any("internal" in sentence for sentence in _obstacles())


def test_two_that_are_linked_with_suppliers_are_not_merged() -> None:
	for name in (LOST, KEPT):
		link = {"doctype": "Party Link", "primary_role": "Customer", "primary_party": name}
		supplier = goods.make_supplier(f"{name} supplier").name
		frappe.get_doc({**link, "secondary_role": "Supplier", "secondary_party": supplier}).insert()
	assert any("Party Link" in sentence for sentence in _obstacles())
	frappe.db.delete("Party Link", {"primary_party": KEPT})
	merge_api.merge(**BOTH, reason=REASON)
	assert frappe.db.exists("Party Link", {"primary_party": KEPT})


def test_what_fails_half_way_leaves_everything_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
	order = sales("Sales Order", LOST, branch="Delhi")
	monkeypatch.setattr(merge_work, "_refuse_left", lambda *arguments: frappe.throw("zq failed"))
	answer = call("Administrator", f"{API}.merge", **BOTH, reason=REASON)
	assert answer.status == 417
	assert frappe.db.exists("Customer", LOST)
	assert order.reload().customer == LOST
	assert not frappe.db.exists(MERGE, {"from_name": LOST})
	assert deletion_queries.is_refused()


def test_what_still_names_the_one_that_goes_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
	order = sales("Sales Order", LOST, branch="Delhi")
	rename = merge_work.rename_doc

	def leave_one(*arguments: object, **values: object) -> None:
		rename(*arguments, **values)
		order.db_set("customer", LOST)

	monkeypatch.setattr(merge_work, "rename_doc", leave_one)
	with pytest.raises(MergeError, match="Sales Order"):
		merge_api.merge(**BOTH, reason=REASON)


def test_a_long_merge_is_queued_and_can_be_run_again(monkeypatch: pytest.MonkeyPatch) -> None:
	sales("Sales Order", LOST, branch="Delhi")
	queued = []
	monkeypatch.setattr(merge_api, "AT_ONCE", 0)

	def enqueue(job: object, **values: object) -> None:
		if job is merge_jobs.run_merge:
			queued.append(values["merge"])

	monkeypatch.setattr(frappe, "enqueue", enqueue)
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	record = merge_api.merge(**BOTH, reason=REASON)
	assert queued == [record]
	assert frappe.db.exists("Customer", LOST)
	frappe.db.set_value("Customer", KEPT, "disabled", 1)
	frappe.db.savepoint("job")
	back = frappe.db.rollback
	monkeypatch.setattr(frappe.db, "rollback", lambda: back(save_point="job"))
	merge_jobs.run_merge(record)
	status, error = frappe.db.get_value(MERGE, record, ("status", "error"))
	assert status == "Failed" and "disabled" in error
	frappe.db.set_value("Customer", KEPT, "disabled", 0)
	merge_api.run_again(record)
	assert queued == [record, record]
	merge_jobs.run_merge(record)
	merge_jobs.run_merge(record)
	assert frappe.db.get_value(MERGE, record, ("status", "error")) == ("Completed", None)
	assert not frappe.db.exists("Customer", LOST)
	with pytest.raises(MergeError, match="done"):
		merge_api.run_again(record)


def test_suppliers_are_merged_alike() -> None:
	goods.stock_up()
	for name in (LOST, KEPT):
		goods.make_supplier(name, "Delhi")
	order = goods.ordered(supplier=LOST, branch="Delhi")
	merge_api.merge("Supplier", LOST, KEPT, REASON)
	assert order.reload().supplier == KEPT
	assert not frappe.db.exists("Supplier", LOST)


def test_branches_are_merged_with_team_customers_and_rows() -> None:
	user = make_user("zq-member")
	join_team(user, "Agra")
	make_customer("zq of agra", "Agra")
	for branch, codes in {"Agra": ("282001", "110001"), "Delhi": ("110001",)}.items():
		doc = frappe.get_doc("Branch", branch)
		doc.update({"pin_codes": [{"first": code} for code in codes]}).save()
	preview = merge_api.preview("Branch", "Agra", "Delhi")
	assert {"label": "Pin Codes", "number": 2, "taken": 1} in preview["rows"]
	merge_api.merge("Branch", "Agra", "Delhi", REASON)
	assert (user, "Sales") in team_of("Delhi")
	assert [row.branch for row in frappe.get_doc("Customer", "zq of agra").branches] == ["Delhi"]
	assert [row.first for row in frappe.get_doc("Branch", "Delhi").pin_codes] == ["110001", "282001"]
	assert nested_set_is_sound()
	assert not frappe.db.exists("Branch", "Agra")


def test_a_closed_branch_takes_no_other_one() -> None:
	frappe.db.set_value("Branch", "Delhi", "enabled", 0)
	assert any("closed" in one for one in merge_api.preview("Branch", "Agra", "Delhi")["obstacles"])


def test_cash_is_merged_with_nobody() -> None:
	cash = cash_queries.cash_customer()
	for names in ({"from_name": cash}, {"into_name": cash}):
		assert any("CASH" in one for one in merge_api.preview(**{**BOTH, **names})["obstacles"])


def test_branches_whose_prices_meet_are_not_merged() -> None:
	goods.stock_up()
	for branch in ("Delhi", "Agra"):
		make_price(branch=branch)
	assert any("prices" in one for one in merge_api.preview("Branch", "Agra", "Delhi")["obstacles"])
	ended = add_days(nowdate(), -1)
	for name in frappe.get_all("Trade Price", pluck="name"):
		frappe.get_doc("Trade Price", name).update({"valid_upto": ended}).save()
	assert merge_api.preview("Branch", "Agra", "Delhi")["obstacles"] == []
	merge_api.merge("Branch", "Agra", "Delhi", REASON)
	on_that_day = {"trade_type": "Dealer", "price_family": ["is", "set"], "disable": 0}
	assert frappe.db.count("Pricing Rule", on_that_day) == 1


def test_customers_with_pricing_rules_for_the_same_are_not_merged() -> None:
	goods.stock_up()
	for customer in (LOST, KEPT):
		rule = make_rule(applicable_for="Customer", customer=customer)
	assert any("Pricing Rule" in one for one in _obstacles())
	rule.update({"disable": 1}).save()
	assert _obstacles() == []


def test_a_customer_has_one_row_for_what_two_branches_became() -> None:
	for carrier in ("T1", "T2"):
		goods.make_supplier(carrier, "Delhi", is_transporter=1)
	customer = make_customer("zq twice", "Delhi", "Agra")
	for branch, carrier in (("Delhi", "T1"), ("Agra", "T2")):
		customer.append("branch_defaults", {"branch": branch, "preferred_transporter": carrier})
	customer.save()
	merge_api.merge("Branch", "Agra", "Delhi", REASON)
	(row,) = customer.reload().branch_defaults
	assert (row.branch, row.preferred_transporter) == ("Delhi", "T1")
	customer.update({"customer_details": "x"}).save()


@pytest.mark.parametrize("doctype", ["Item Group", "Trade Type"])
def test_what_prices_are_for_is_not_merged_where_they_meet(doctype: str) -> None:
	frappe.db.set_single_value("Customer Master Settings", "refuse_deletion", 0)
	values = {
		"item_group_name": "Zq Group",
		"parent_item_group": "All Item Groups",
		"trade_type_name": "Zq Type",
	}
	other = frappe.get_doc({"doctype": doctype, **values}).insert().name
	kept = {"Item Group": "Products", "Trade Type": "Dealer"}[doctype]
	field = {"Item Group": "applies_to", "Trade Type": "trade_type"}[doctype]
	on_group = {"trade_type": "Dealer", "apply_on": "Item Group", "applies_to": "Products"}
	for name in (kept, other):
		price = make_price(**{**on_group, field: name})
	with pytest.raises(TradePriceError, match="End or delete"):
		frappe.rename_doc(doctype, other, kept, merge=True)
	price.update({"min_qty": 10, "discount_percentage": 20}).save()
	frappe.rename_doc(doctype, other, kept, merge=True)
	assert frappe.db.count("Trade Price", on_group) == 2
