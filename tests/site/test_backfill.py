"""Documents made before the app came get their branches by rules, with rows and ledgers, and nothing else changes."""

import frappe
import pytest
from frappe.model.document import Document

from branch_crm.demo.records import COMPANY
from tests.site import backfill, documents
from tests.site.company import as_user, make_branch, make_customer, make_tree, make_user

ROLES = ("Sales User", "Sales Manager", "Sales Master Manager", "Accounts User", "Accounts Manager")


@pytest.fixture(autouse=True)
def tree() -> None:
	make_tree()
	documents.make_item()


def cost_center(name: str, parent: str | None = None, is_group: int = 0) -> str:
	root = frappe.db.get_value("Cost Center", {"company": COMPANY, "parent_cost_center": ["is", "not set"]})
	values = {"cost_center_name": name, "parent_cost_center": parent or root, "is_group": is_group}
	return frappe.get_doc({"doctype": "Cost Center", "company": COMPANY, **values}).insert().name


def warehouse(name: str, **values) -> str:
	doc = {"doctype": "Warehouse", "warehouse_name": name, "company": COMPANY, **values}
	return frappe.get_doc(doc).insert().name


def territory(name: str, parent: str = "India", is_group: int = 0) -> str:
	values = {"territory_name": name, "parent_territory": parent, "is_group": is_group}
	return frappe.get_doc({"doctype": "Territory", **values}).insert().name


@pytest.fixture
def sold() -> dict[str, Document]:
	return backfill.sold()


def test_a_cost_center_or_its_nearest_ancestor_says_the_branch(sold: dict) -> None:
	group = cost_center("North CC", is_group=1)
	backfill.set_on_branch("Agra", cost_center=group)
	inner = cost_center("Agra Desk", group)
	frappe.db.set_value("Sales Order", sold["order"].name, "cost_center", inner, update_modified=False)
	item = {"parent": sold["other"].name}
	frappe.db.set_value("Sales Invoice Item", item, "cost_center", inner, update_modified=False)
	backfill.apply(backfill.make_run("Cost Center"))
	assert backfill.branch_of(sold["order"]) == backfill.branch_of(sold["other"]) == "Agra"
	assert backfill.branch_of(sold["invoice"]) is None


def test_a_cost_center_of_two_branches_says_nothing(sold: dict) -> None:
	shared = cost_center("Shared")
	for branch in ("Agra", "Delhi"):
		backfill.set_on_branch(branch, cost_center=shared)
	frappe.db.set_value("Sales Order", sold["order"].name, "cost_center", shared, update_modified=False)
	counts = backfill.apply(
		backfill.make_run("Cost Center", document_types=[{"document_type": "Sales Order"}])
	)
	assert counts == {"Sales Order": {"": 1}}


def test_the_warehouse_of_the_first_row_says_the_branch(sold: dict) -> None:
	group = warehouse("North Stores", is_group=1)
	backfill.set_on_branch("Delhi", warehouse=group)
	inner = warehouse("Delhi Shelf", parent_warehouse=group)
	for row in sold["order"].items:
		frappe.db.set_value("Sales Order Item", row.name, "warehouse", inner, update_modified=False)
	backfill.apply(backfill.make_run("Warehouse"))
	assert backfill.branch_of(sold["order"]) == "Delhi"
	assert frappe.db.get_value("Sales Order Item", {"parent": sold["order"].name}, "branch") == "Delhi"


def test_a_territory_gives_masters_their_primary_row(sold: dict) -> None:
	territory("Doab", is_group=1)
	frappe.db.set_value("Customer", "Old", "territory", territory("Agra Fort", "Doab"), update_modified=False)
	backfill.set_on_branch("Agra", territories=[{"territory": "Doab"}])
	backfill.apply(backfill.make_run("Territory"))
	assert backfill.rows_of("Customer", "Old") == [("Agra", 1)]
	assert frappe.db.get_value("Customer", "Old", "is_unassigned") == 0
	customer = frappe.get_doc("Customer", "Old")
	customer.save()
	assert [row.branch for row in customer.branches] == ["Agra"]


def test_the_owner_s_only_branch_says_the_branch() -> None:
	user = make_user("typist", "Agra", roles=ROLES)
	make_user("both", "Agra", "Delhi", roles=ROLES)
	make_customer("Old")
	with as_user(user):
		order = documents.sales("Sales Order", "Old")
	undecided = documents.sales("Sales Order", "Old")
	frappe.db.set_value(
		"Sales Order", undecided.name, "owner", "both@branch-crm.example", update_modified=False
	)
	backfill.forget_branches()
	backfill.apply(backfill.make_run("Owner's Branch"))
	assert (backfill.branch_of(order), backfill.branch_of(undecided)) == ("Agra", None)


def test_the_party_s_only_branch_goes_to_its_documents_and_ledgers(sold: dict) -> None:
	customer = frappe.get_doc("Customer", "Old")
	customer.update({"branches": [{"branch": "Agra"}]}).save()
	backfill.apply(backfill.make_run("Party's Only Branch"))
	for doc in (sold["order"], sold["invoice"], sold["payment"], sold["credit"]):
		assert (doc.doctype, backfill.branch_of(doc)) == (doc.doctype, "Agra")
	vouchers = [sold[name] for name in ("invoice", "other", "payment", "credit", "entry")]
	for branches in backfill.ledger_branches(*vouchers).values():
		assert branches and set(branches) == {"Agra"}
	items = frappe.get_all("Sales Invoice Item", {"parent": sold["invoice"].name}, pluck="branch")
	assert items == ["Agra"]


def test_a_party_of_two_branches_says_nothing(sold: dict) -> None:
	customer = frappe.get_doc("Customer", "Old")
	customer.update({"branches": [{"branch": "Agra", "is_primary": 1}, {"branch": "Delhi"}]}).save()
	counts = backfill.apply(backfill.make_run("Party's Only Branch"))
	assert {rule for row in counts.values() for rule in row} == {""}


def test_a_party_gets_the_branch_of_its_documents_if_it_is_one(sold: dict) -> None:
	make_customer("Wide")
	for branch in ("Delhi", "Agra"):
		order = documents.sales("Sales Order", "Wide")
		frappe.db.set_value("Sales Order", order.name, "branch", branch, update_modified=False)
	frappe.db.set_value("Sales Order", sold["order"].name, "branch", "Delhi", update_modified=False)
	backfill.apply(backfill.make_run("Party's Only Branch"))
	assert backfill.rows_of("Customer", "Old") == [("Delhi", 1)]
	assert backfill.rows_of("Customer", "Wide") == []
	assert backfill.branch_of(sold["invoice"]) == "Delhi"


def test_a_document_follows_what_it_comes_from_down_to_the_payment(sold: dict) -> None:
	desk = cost_center("Desk")
	backfill.set_on_branch("Agra", cost_center=desk)
	frappe.db.set_value("Sales Order", sold["order"].name, "cost_center", desk, update_modified=False)
	counts = backfill.apply(backfill.make_run("Voucher or Source Document", "Cost Center"))
	assert {backfill.branch_of(sold[name]) for name in ("order", "invoice", "payment")} == {"Agra"}
	assert backfill.branch_of(sold["credit"]) is None
	assert counts["Sales Order"] == {"Cost Center": 1}
	assert counts["Payment Entry"] == {"Voucher or Source Document": 1}


def test_an_invoice_does_not_go_where_its_advance_went(sold: dict) -> None:
	frappe.db.set_value("Payment Entry", sold["payment"].name, "branch", "Mumbai", update_modified=False)
	place = {"parent": sold["other"].name, "parenttype": "Sales Invoice", "parentfield": "advances"}
	advance = {"reference_type": "Payment Entry", "reference_name": sold["payment"].name}
	frappe.get_doc({"doctype": "Sales Invoice Advance", "name": "advance", **place, **advance}).db_insert()
	backfill.apply(backfill.make_run("Voucher or Source Document"))
	assert backfill.branch_of(sold["other"]) is None


def test_a_payment_over_several_branches_is_left_for_the_next_rule(sold: dict) -> None:
	for name, branch in (("invoice", "Agra"), ("other", "Delhi")):
		frappe.db.set_value("Sales Invoice", sold[name].name, "branch", branch, update_modified=False)
	row = frappe.get_doc("Payment Entry", sold["payment"].name).references[0]
	row.update({"name": "second", "reference_name": sold["other"].name}).db_insert()
	desk = cost_center("Desk")
	backfill.set_on_branch("Mumbai", cost_center=desk)
	frappe.db.set_value("Payment Entry", sold["payment"].name, "cost_center", desk, update_modified=False)
	counts = backfill.apply(backfill.make_run("Voucher or Source Document", "Cost Center"))
	assert backfill.branch_of(sold["payment"]) == "Mumbai"
	assert counts["Payment Entry"] == {"Cost Center": 1}


def test_journal_rows_go_by_reference_then_party_and_the_rest_go_along(sold: dict) -> None:
	make_customer("Second")
	reference = {"reference_type": "Sales Invoice", "reference_name": sold["other"].name}
	settling = backfill.journal_for("Old", **reference)
	backfill.forget_branches()
	frappe.db.set_value("Sales Invoice", sold["other"].name, "branch", "Mumbai", update_modified=False)
	customer = frappe.get_doc("Customer", "Old")
	customer.update({"branches": [{"branch": "Agra"}]}).save()
	backfill.apply(backfill.make_run("Voucher or Source Document", "Party's Only Branch"))
	for entry, branch in ((settling, "Mumbai"), (sold["entry"], "Agra")):
		rows = frappe.get_all("Journal Entry Account", {"parent": entry.name}, pluck="branch")
		assert rows == [branch, branch]
		assert backfill.ledger_branches(entry)["GL Entry"] == [branch, branch]
		assert backfill.ledger_branches(entry)["Payment Ledger Entry"] == [branch]


def test_journal_rows_of_several_cost_centers_keep_their_ledger_rows_apart() -> None:
	cash = documents.account("Cash")
	centers = {}
	for branch in ("Agra", "Delhi"):
		centers[branch] = cost_center(f"{branch} CC")
		backfill.set_on_branch(branch, cost_center=centers[branch])
	rows = [
		{"account": cash, "debit_in_account_currency": 30, "cost_center": centers["Agra"]},
		{"account": cash, "credit_in_account_currency": 10, "cost_center": centers["Delhi"]},
		{"account": cash, "credit_in_account_currency": 20, "cost_center": cost_center("Elsewhere")},
	]
	entry = documents.journal(*rows)
	entry.submit()
	backfill.forget_branches()
	counts = backfill.apply(backfill.make_run("Cost Center"))
	assert counts["Journal Entry"] == {"Cost Center": 2, "": 1}
	found = frappe.get_all(
		"GL Entry", {"voucher_no": entry.name}, ["branch", "debit", "credit"], order_by="debit desc, credit"
	)
	assert [(row.branch, row.debit, row.credit) for row in found] == [
		("Agra", 30, 0),
		("Delhi", 0, 10),
		(None, 0, 20),
	]


def test_the_first_fitting_rule_wins_and_a_closed_or_foreign_branch_passes_on_to_the_next(sold: dict) -> None:
	frappe.get_doc(
		{
			"doctype": "Company",
			"company_name": "Other",
			"abbr": "OTH",
			"default_currency": "INR",
			"country": "India",
		}
	).insert()
	make_branch("Foreign", "North", company="Other")
	make_branch("Closed", "North")
	desk = cost_center("Desk")
	backfill.set_on_branch("Closed", cost_center=desk)
	backfill.set_on_branch("Closed", enabled=0)
	frappe.db.set_value("Sales Order", sold["order"].name, "cost_center", desk, update_modified=False)
	csv = f"doctype,name,branch\nSales Order,{sold['order'].name},Foreign"
	backfill.set_on_branch("Agra", territories=[{"territory": "India"}])
	counts = backfill.apply(backfill.make_run("CSV", "Cost Center", "Territory", csv=csv))
	assert counts["Sales Order"] == {"Territory": 1}
	assert backfill.branch_of(sold["order"]) == "Agra"


def test_what_has_a_branch_keeps_it_with_its_rows(sold: dict) -> None:
	frappe.db.set_value("Sales Order", sold["order"].name, "branch", "Mumbai", update_modified=False)
	frappe.db.set_value(
		"GL Entry", {"voucher_no": sold["other"].name}, "branch", "Mumbai", update_modified=False
	)
	backfill.set_on_branch("Agra", territories=[{"territory": "India"}])
	backfill.apply(backfill.make_run("Territory"))
	assert backfill.branch_of(sold["order"]) == "Mumbai"
	assert frappe.db.get_value("Sales Order Item", {"parent": sold["order"].name}, "branch") is None
	assert backfill.branch_of(sold["other"]) == "Agra"
	assert set(backfill.ledger_branches(sold["other"])["GL Entry"]) == {"Mumbai"}


def test_ledger_rows_that_a_voucher_left_behind_follow_it(sold: dict) -> None:
	frappe.db.set_value("Sales Invoice", sold["other"].name, "branch", "Mumbai", update_modified=False)
	backfill.set_on_branch("Mumbai", enabled=0)
	backfill.apply(backfill.make_run("Owner's Branch"))
	for branches in backfill.ledger_branches(sold["other"]).values():
		assert branches and set(branches) == {"Mumbai"}
