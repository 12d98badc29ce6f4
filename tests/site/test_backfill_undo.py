"""A backfill changes nothing but branches, and its undo leaves no trace but what was changed since."""

import frappe
import pytest
from erpnext.accounts.report.trial_balance.trial_balance import execute as trial_balance
from frappe.model.document import Document

from branch_crm.branch_access import queries
from branch_crm.demo.records import COMPANY
from tests.site import backfill, documents
from tests.site.company import make_customer, make_tree

ALL = (
	"Voucher or Source Document",
	"Party's Only Branch",
	"Cost Center",
	"Warehouse",
	"Territory",
	"Owner's Branch",
)


@pytest.fixture(autouse=True)
def tree() -> None:
	make_tree()
	documents.make_item()


@pytest.fixture
def sold() -> dict[str, Document]:
	return backfill.sold()


def totals() -> list[tuple]:
	year = frappe.get_all("Fiscal Year", pluck="name", order_by="year_start_date desc")[0]
	begin, end = frappe.db.get_value("Fiscal Year", year, ["year_start_date", "year_end_date"])
	filters = {"company": COMPANY, "fiscal_year": year, "from_date": begin, "to_date": end}
	rows = trial_balance(frappe._dict(filters, with_period_closing_entry_for_opening=1))[1]
	return [tuple(sorted(row.items(), key=str)) for row in rows]


@pytest.mark.parametrize("blank", [None, ""])
def test_nothing_but_the_branch_changes_and_undo_leaves_no_trace(sold: dict, blank: str | None) -> None:
	backfill.forget_branches(blank)
	backfill.set_on_branch("Agra", territories=[{"territory": "India"}])
	frappe.db.set_value(
		"Sales Order Item", {"parent": sold["order"].name}, "branch", "Agra", update_modified=False
	)
	before, balance = backfill.everything(), totals()
	run = backfill.make_run(*ALL)
	expected = backfill.dry_run(run)
	assert backfill.everything() == before
	assert backfill.apply(run) == expected
	changed = backfill.changed_columns(before, backfill.everything())
	assert changed.pop("Customer") == {"is_unassigned"}
	assert changed.pop("Branch Assignment") == {"row"}
	assert set(map(tuple, changed.values())) == {("branch",)}
	assert {"Sales Invoice", "Payment Entry", "Journal Entry Account", "GL Entry"} <= changed.keys()
	assert totals() == balance
	taken, kept = backfill.undo(run)
	assert taken and not kept
	assert backfill.everything() == before
	assert not frappe.db.count("Branch Backfill Entry", {"run": run.name})


def test_undo_leaves_what_was_changed_since(sold: dict) -> None:
	backfill.set_on_branch("Agra", territories=[{"territory": "India"}])
	run = backfill.make_run("Territory", "Party's Only Branch")
	make_customer("Touched")
	frappe.db.delete("Branch Assignment")
	queries.set_unassigned_flags("Customer")
	backfill.apply(run)
	frappe.db.set_value("Sales Order", sold["order"].name, "branch", "Delhi", update_modified=False)
	touched = frappe.get_doc("Customer", "Touched")
	touched.branches[0].sales_owner = "Administrator"
	touched.save()
	wider = frappe.get_doc("Customer", "Old")
	wider.append("branches", {"branch": "Mumbai"})
	wider.save()
	_taken, kept = backfill.undo(run)
	assert kept == 3
	assert backfill.branch_of(sold["order"]) == "Delhi"
	assert backfill.branch_of(sold["invoice"]) is None
	assert backfill.rows_of("Customer", "Touched") == [("Agra", 1)]
	assert backfill.rows_of("Customer", "Old") == [("Agra", 1), ("Mumbai", 0)]


def test_undo_finds_ledger_rows_by_their_final_names(sold: dict) -> None:
	backfill.set_on_branch("Agra", territories=[{"territory": "India"}])
	run = backfill.make_run("Territory", "Party's Only Branch")
	backfill.apply(run)
	name = frappe.db.get_value("GL Entry", {"voucher_no": sold["invoice"].name})
	frappe.db.sql("update `tabGL Entry` set name = 'GLE-FINAL' where name = %s", name)
	for method in frappe.get_hooks("on_gle_rename"):
		frappe.call(method, newname="GLE-FINAL", oldname=name)
	backfill.undo(run)
	assert set(backfill.ledger_branches(sold["invoice"])["GL Entry"]) == {None}


def test_undo_finds_renamed_branches(sold: dict) -> None:
	backfill.set_on_branch("Agra", territories=[{"territory": "India"}])
	run = backfill.make_run("Territory", "Party's Only Branch")
	backfill.apply(run)
	frappe.rename_doc("Branch", "Agra", "Agra City")
	assert backfill.branch_of(sold["invoice"]) == "Agra City"
	assert backfill.undo(run)[1] == 0
	assert backfill.branch_of(sold["invoice"]) is None
