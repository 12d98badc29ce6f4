"""The Pricing Rules that are kept for the prices of trade types, and who sets these."""

import frappe
import pytest
from frappe.utils import add_days, nowdate

from branch_crm.customer_master import price_jobs, price_queries, price_work
from branch_crm.customer_master.kept_rule_events import KeptRuleError
from branch_crm.customer_master.price_events import TradePriceError
from branch_crm.customer_master.report.pricing_rule_conflicts import pricing_rule_conflicts
from branch_crm.demo.records import COMPANY
from tests.site import prices
from tests.site.company import make_user, switch_on
from tests.site.goods import GOODS
from tests.site.http_requests import call, send
from tests.site.prices import LIST_PRICE, make_document, make_price, make_rule, rate


@pytest.fixture(autouse=True)
def company() -> None:
	prices.make_dealer_and_retailer()


def test_two_prices_for_the_same_are_refused_and_so_is_one_that_says_nothing() -> None:
	first = make_price()
	with pytest.raises(TradePriceError, match="a price for the same"):
		make_price(discount_percentage=11)
	first.update({"discount_percentage": 12}).save()
	assert rate("Dealer One") == 88
	for terms in ({"discount_percentage": 0}, {"rate": 0}, {"discount_percentage": 101}):
		with pytest.raises((TradePriceError, frappe.ValidationError)):
			make_price("Wholesaler", **terms)
	with pytest.raises(frappe.ValidationError):
		make_price("Wholesaler", valid_from=nowdate(), valid_upto=add_days(nowdate(), -1))


def test_what_becomes_of_a_price_becomes_of_its_rules() -> None:
	price = make_price()
	price.update({"discount_percentage": 25}).save()
	assert rate("Dealer One") == 75
	frappe.get_doc("Trade Type", "Dealer").update({"disabled": 1}).save()
	assert rate("Dealer One") == LIST_PRICE
	frappe.get_doc("Trade Type", "Dealer").update({"disabled": 0}).save()
	frappe.rename_doc("Trade Type", "Dealer", "Reseller")
	assert rate("Dealer One") == 75
	frappe.delete_doc("Trade Price", price.name)
	assert rate("Dealer One") == LIST_PRICE
	assert not frappe.db.exists("Pricing Rule", {"price_family": ["is", "set"], "disable": 0})


def test_rules_on_documents_are_kept_disabled_and_the_others_go() -> None:
	price = make_price()
	make_document("Sales Invoice", "Dealer One").submit()
	frappe.delete_doc("Trade Price", price.name)
	assert frappe.get_all("Pricing Rule", {"trade_type": "Dealer"}, pluck="disable") == [1]


def test_no_rule_outlives_the_app() -> None:
	make_price()
	make_price("Wholesaler")
	make_document("Sales Invoice", "Dealer One").submit()
	price_work.withdraw_all()
	assert not frappe.db.exists("Pricing Rule", {"disable": 0})
	assert rate("Dealer One") == LIST_PRICE


def test_a_branch_that_is_made_or_moved_later_has_the_prices_of_its_region() -> None:
	make_price(branch="North")
	frappe.get_doc({"doctype": "Branch", "branch": "Kanpur", "parent_branch": "North"}).insert()
	customer = frappe.get_doc("Customer", "Dealer One")
	customer.append("branches", {"branch": "Kanpur"})
	customer.save()
	assert rate("Dealer One", branch="Kanpur") == 90
	frappe.get_doc("Branch", "Kanpur").update({"parent_branch": "West"}).save()
	assert rate("Dealer One", branch="Kanpur") == LIST_PRICE
	frappe.rename_doc("Branch", "Delhi", "New Delhi")
	assert rate("Dealer One", branch="New Delhi") == 90


def test_what_a_price_is_for_may_be_renamed() -> None:
	frappe.get_doc({"doctype": "Brand", "brand": "Trade Brand"}).insert()
	make_price(apply_on="Brand", applies_to="Trade Brand", discount_percentage=5)
	make_price()
	for doctype, old, new in (("Item", GOODS, "Trade Renamed"), ("Brand", "Trade Brand", "Trade Mark")):
		frappe.rename_doc(doctype, old, new)
	row = {"item_code": "Trade Renamed", "qty": 4}
	assert make_document("Quotation", "Dealer One", items=[row]).items[0].rate == 90
	kept = frappe.get_all("Pricing Rule", {"price_family": ["is", "set"], "disable": 0}, pluck="price_family")
	assert set(kept) == {"Item: Trade Renamed", "Brand: Trade Mark"}


def test_nobody_changes_the_rules_by_hand() -> None:
	make_price()
	rule = frappe.get_doc("Pricing Rule", {"trade_type": "Dealer"})
	rule.discount_percentage = 99
	with pytest.raises(KeptRuleError):
		rule.save()
	with pytest.raises(KeptRuleError):
		frappe.delete_doc("Pricing Rule", rule.name)
	with pytest.raises(KeptRuleError):
		make_rule(price_family=f"Item: {GOODS}")
	(row,) = rule.reload().items
	for act in (lambda: row.update({"uom": "Nos"}).save(), lambda: frappe.delete_doc(row.doctype, row.name)):
		with pytest.raises(KeptRuleError):
			act()


def test_building_anew_changes_nothing_and_mends_what_is_missing() -> None:
	make_price()
	before = set(frappe.get_all("Pricing Rule", pluck="name"))
	price_jobs.rebuild_soon(price_queries.families())
	assert set(frappe.get_all("Pricing Rule", pluck="name")) == before
	frappe.db.delete("Pricing Rule", {"trade_type": "Dealer"})
	price_jobs.rebuild_soon(price_queries.families())
	assert rate("Dealer One") == 90


def test_a_person_of_one_branch_sets_its_prices_and_sees_those_of_no_other() -> None:
	make_price(branch="Mumbai", discount_percentage=33)
	user = make_user("pricer", "Delhi", roles=("Sales User", "Sales Manager", "Sales Master Manager"))
	switch_on()
	new = {"doctype": "Trade Price", "trade_type": "Dealer", "apply_on": "Item", "applies_to": GOODS}
	new |= {"rate_or_discount": "Discount Percentage", "discount_percentage": 5}
	assert send(user, "POST", "/api/resource/Trade Price", **new, branch="Delhi").status == 200
	assert rate("Dealer One") == 95
	for branch in (None, "Mumbai", "North"):
		assert send(user, "POST", "/api/resource/Trade Price", **new, branch=branch).status in (403, 404, 417)
	for doctype in ("Trade Price", "Pricing Rule"):
		found = call(user, "frappe.client.get_list", doctype=doctype, fields=["name", "discount_percentage"])
		assert 33 not in {row["discount_percentage"] for row in found.message}
	everybody = make_price("Wholesaler")
	change = {"doctype": "Trade Price", "name": everybody.name, "fieldname": "branch", "value": "Delhi"}
	assert call(user, "frappe.client.set_value", **change).status == 403
	assert call(user, "frappe.client.delete", doctype="Trade Price", name=everybody.name).status == 403


def _conflicts() -> set[tuple[str, str]]:
	_columns, rows = pricing_rule_conflicts.execute()
	return {(row["title"], row["conflict"].partition(":")[0]) for row in rows}


def _old_rule(title: str, priority: int | None = None, **values) -> str:
	"""One that was there before the app."""
	rule = make_rule(title=title, **values)
	rule.db_set({"priority": priority and str(priority), "has_priority": int(bool(priority))})
	return rule.name


def test_conflicts_are_listed_and_settled() -> None:
	price = make_price(apply_on="Item Group", applies_to="Products")
	other = {"doctype": "Item", "item_code": "Zq Elsewhere", "item_group": "Services", "stock_uom": "Nos"}
	frappe.get_doc(other | {"is_stock_item": 0}).insert()
	old = _old_rule("old")
	_old_rule("elsewhere", items=[{"item_code": "Zq Elsewhere"}])
	_old_rule(
		"same",
		price_priority := int(frappe.db.get_value("Pricing Rule", {"trade_type": "Dealer"}, "priority")),
	)
	_old_rule("early", price_priority + 5)
	_old_rule("late", price_priority - 5, applicable_for="Customer", customer="Dealer One")
	assert _conflicts() == {
		("old", "No priority"),
		("same", "The priority of a trade type's price"),
		("early", "For a group or for all, it goes before the price of a trade type"),
		("late", "For a customer, it comes after the price of a trade type"),
	}
	# it hides the price of the group from the item
	assert rate("Dealer One") != 90
	rules = frappe.get_all("Pricing Rule", {"title": ["in", ["old", "early", "late", "same"]]}, pluck="name")
	assert (
		call(
			"Administrator",
			"branch_crm.customer_master.pricing_rule_api.give_usual_priority",
			rules=frappe.as_json(rules),
		).status
		== 200
	)
	assert _conflicts() == set()
	frappe.delete_doc("Pricing Rule", old)
	for name in ("early", "same", "late"):
		frappe.db.set_value("Pricing Rule", {"title": name}, "disable", 1)
	assert rate("Dealer One") == 90
	price.delete()
	assert _conflicts() == set()


def test_who_may_not_write_pricing_rules_gives_no_priority() -> None:
	old = _old_rule("old")
	user = make_user("reader", roles=("Sales User",))
	method = "branch_crm.customer_master.pricing_rule_api.give_usual_priority"
	assert call(user, method, rules=[old]).status == 403
	assert not frappe.db.get_value("Pricing Rule", old, "priority")


def test_a_new_rule_of_erpnext_s_gets_the_priority_of_its_kind_and_a_chosen_one_stays() -> None:
	assert not make_rule().priority
	make_price()
	assert make_rule().priority == "5"
	assert make_rule(applicable_for="Customer", customer="Dealer One").priority == "20"
	assert make_rule(has_priority=1, priority="2").priority == "2"
	assert not make_rule(selling=0, buying=1).priority
	assert not make_rule(apply_multiple_pricing_rules=1).priority
	kept = _old_rule("old")
	frappe.get_doc("Pricing Rule", kept).save()
	assert not frappe.db.get_value("Pricing Rule", kept, "priority")


def test_rows_of_promotional_schemes_are_changed_as_before() -> None:
	slab = {"rule_description": "ten", "rate_or_discount": "Discount Percentage", "discount_percentage": 5}
	scheme = {
		"doctype": "Promotional Scheme",
		"name": "Zq Scheme",
		"company": COMPANY,
		"apply_on": "Item Code",
	}
	scheme |= {"selling": 1, "items": [{"item_code": GOODS}], "price_discount_slabs": [slab]}
	(row,) = frappe.get_doc(scheme).insert().items
	row.update({"uom": "Nos"}).save()
	frappe.delete_doc(row.doctype, row.name)


def test_what_erpnext_refuses_of_one_item_hinders_nothing_else() -> None:
	make_price(discount_percentage=20)
	frappe.db.set_value("Item", GOODS, "max_discount", 10)
	frappe.rename_doc("Trade Type", "Dealer", "Reseller")
	assert frappe.db.exists("Trade Type", "Reseller")
	assert frappe.db.exists("Error Log", {"method": ["like", "%trade types as they were%"]})
	with pytest.raises(frappe.ValidationError, match="discount"):
		make_price("Wholesaler", discount_percentage=20)
