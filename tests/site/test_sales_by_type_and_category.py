"""The report Sales by Type and Category against a plain computation from the documents, row by row."""

from collections.abc import Callable

import frappe
import pytest
from frappe.desk.query_report import run as run_report
from frappe.model.document import Document
from frappe.utils import add_days, nowdate

from branch_crm.demo.records import COMPANY
from tests.site import documents
from tests.site.categories import CATEGORY, PARENT, make_groups
from tests.site.company import as_user, let_delete, make_customer, make_tree, make_user, switch_on
from tests.site.http_requests import call
from tests.site.sales_computed import FIGURES, computed, in_branches, of_category, of_type

REPORT = "Sales by Type and Category"
ROLES = ("Sales User", "Sales Manager", "Accounts User", "Accounts Manager")
LONG_AGO = add_days(nowdate(), -40)
# name, branches, trade type, category
CUSTOMERS = (
	("Of Delhi", ("Delhi",), "Dealer", "Kapadia Dairy"),
	("Of Both", ("Delhi", "Mumbai"), "Dealer", "Kapadia Foods"),
	("Of North", ("North", "Agra"), "Wholesaler", "Kapadia Group"),
	("Of Mumbai", ("Mumbai",), "Wholesaler", "Shetty Hotels"),
	("Ungrouped", ("Agra",), None, None),
	("Of None", (), "General", "Shetty Group"),
)


@pytest.fixture
def customers() -> None:
	make_tree()
	make_groups()
	for name, branches, trade_type, category in CUSTOMERS:
		customer = make_customer(name, *branches)
		customer.update({"trade_type": trade_type, "customer_category": category}).save()
	make_customer("Ended", "Agra", {"branch": "Mumbai", "from_date": "2019-01-01", "to_date": "2020-01-01"})
	frappe.db.set_value("Customer", "Of Both", "creation", f"{LONG_AGO} 12:00:00", update_modified=False)


@pytest.fixture
def sold(customers: None) -> None:
	"""Orders, invoices, a return, a payment of more than was due, drafts and what is cancelled, now and before."""
	made = [(name, branch) for name, branches, *_ in CUSTOMERS for branch in branches]
	for number, (name, branch) in enumerate(made):
		_sell("Sales Invoice", name, branch, 100.1 + 10**number)
	for number, (name, branch) in enumerate(made[:4]):
		_sell("Sales Order", name, branch, 3 + 10**number, submit=number < 3)
	for name, branch in (("Of Both", "Mumbai"), ("Of North", "Agra")):
		_sell("Sales Invoice", name, branch, 7, submit=False)
		_sell("Sales Invoice", name, branch, 70).cancel()
		old = {"set_posting_time": 1, "posting_date": LONG_AGO, "due_date": nowdate()}
		_sell("Sales Invoice", name, branch, 700, **old)
	documents.make_sales_return(_sell("Sales Invoice", "Of Delhi", "Delhi", 9).name).insert().submit()
	payment = documents.get_payment_entry(
		"Sales Invoice", _sell("Sales Invoice", "Of Both", "Delhi", 11).name
	)
	paid = {"paid_amount": 15, "received_amount": 15, "reference_no": "1", "reference_date": nowdate()}
	payment.update(paid).insert().submit()
	frappe.get_doc("Customer", "Of North").update({"disabled": 1}).save()


def _sell(doctype: str, customer: str, branch: str, rate: float, **values) -> Document:
	items = [{"item_code": documents.make_item(), "qty": 1, "rate": rate}]
	return documents.sales(doctype, customer, branch=branch, items=items, **values)


def _run(user: str = "Administrator", **filters) -> list[dict]:
	asked = {"company": COMPANY, "from_date": add_days(nowdate(), -7), "to_date": nowdate(), **filters}
	with as_user(user):
		return run_report(REPORT, filters=asked)["result"]


def _shown(rows: list[dict]) -> dict[str, tuple]:
	return {row["entry"]: tuple(row[figure] for figure in FIGURES) for row in rows}


BELOW = {"North": {"North", "Delhi", "Agra"}, "HO": {"HO", "North", "Delhi", "Agra", "West", "Mumbai"}}
BELOW |= {"West": {"West", "Mumbai"}, "Delhi": {"Delhi"}, "Agra": {"Agra"}, "Mumbai": {"Mumbai"}}


def test_groups_have_what_is_theirs_and_what_lies_below(sold: None) -> None:
	everything = computed(lambda customer, branch: True)
	shown = _shown(_run())
	for name in ("Dealer", "Wholesaler", "General"):
		assert shown[name] == computed(of_type(name)), name
	assert shown["Without Trade Type"] == computed(of_type(None))
	assert shown["Total"] == everything
	rows = _run(group_by=CATEGORY)
	shown = _shown(rows)
	for name in ("Kapadia Group", "Kapadia Foods", "Kapadia Dairy", "Shetty Group", "Shetty Hotels"):
		assert shown[name] == computed(of_category(name)), name
	assert shown["Total"] == everything
	assert [(row["entry"], row["indent"]) for row in rows] == [
		("Kapadia Group", 0),
		("Kapadia Foods", 1),
		("Kapadia Dairy", 2),
		("Shetty Group", 0),
		("Shetty Hotels", 1),
		("Without Customer Category", 0),
		("Total", 0),
	]
	shown = _shown(_run(group_by="Branch"))
	for name, below in BELOW.items():
		assert shown[name] == computed(in_branches(below)), name
	assert shown["Without Branch"] == computed(in_branches({None}))
	assert shown["Total"] == everything
	assert shown["HO"][0] < shown["Delhi"][0] + shown["Agra"][0] + shown["Mumbai"][0]


def test_the_own_customers_of_a_group_are_parted(sold: None) -> None:
	groups = {"Trade Type": "trade_type", CATEGORY: "customer_category", "Customer": "name"}

	def belongs(by: str, name: str) -> Callable[[dict, str | None], bool]:
		def is_of(customer: dict, branch: str | None) -> bool:
			value = branch if by == "Branch" else customer[groups[by]]
			return (value or None) == (None if name.startswith("Without ") else name)

		return is_of

	for node, part in (
		(CATEGORY, "Branch"),
		(CATEGORY, "Customer"),
		("Trade Type", "Branch"),
		("Branch", CATEGORY),
	):
		rows = _run(group_by=node, then_by=part)
		place, parted = None, 0
		for row in rows[:-1]:
			if node in (row["document_type"], row["entry"].removeprefix("Without ")):
				place = belongs(node, row["entry"])
				continue
			of_part = belongs(part, row["entry"])
			expected = computed(
				lambda customer, branch, a=place, b=of_part: a(customer, branch) and b(customer, branch)
			)
			assert tuple(row[figure] for figure in FIGURES) == expected, (node, part, row)
			parted += 1
		assert parted >= 5, (node, part)
		top = [row["invoiced"] for row in rows if not row["indent"]]
		assert sum(top[:-1]) == pytest.approx(top[-1])


def test_filters_leave_only_what_was_asked_for(sold: None) -> None:
	both = {"customer_category": "Kapadia Group", "branch": "Mumbai"}
	for filters, belongs in (
		({"branch": "North"}, in_branches(BELOW["North"])),
		({"trade_type": "Dealer"}, of_type("Dealer")),
		({"customer_category": "Kapadia Foods"}, of_category("Kapadia Foods")),
		(
			both,
			lambda customer, branch: branch == "Mumbai" and of_category("Kapadia Group")(customer, branch),
		),
	):
		for group_by in ("Trade Type", CATEGORY, "Branch"):
			rows = _run(group_by=group_by, **filters)
			assert _shown(rows)["Total"] == computed(belongs), (filters, group_by)
			assert rows[0]["indent"] == 0
			if group_by == CATEGORY and "customer_category" in filters:
				assert rows[0]["entry"] == filters["customer_category"]
			if group_by == "Branch" and "branch" in filters:
				assert rows[0]["entry"] == filters["branch"]
	for filters in ({"branch": "Nowhere"}, {"trade_type": "None Such"}, {"customer_category": "None Such"}):
		for group_by in ("Trade Type", CATEGORY, "Branch"):
			assert _run(group_by=group_by, **filters) == []


def test_a_restricted_person_has_the_figures_of_his_branches(sold: None) -> None:
	people = {
		make_user("delhi", "Delhi", roles=ROLES): {"Delhi"},
		make_user("north", "North", roles=ROLES): BELOW["North"],
	}
	nobody = make_user("nobody", roles=ROLES)
	switch_on()
	for user, seen in people.items():
		for group_by, names, of in (
			("Trade Type", ("Dealer", "Wholesaler"), of_type),
			(CATEGORY, ("Kapadia Group", "Kapadia Foods", "Kapadia Dairy"), of_category),
			("Branch", seen, lambda name: in_branches(BELOW[name])),
		):
			shown = _shown(_run(user, group_by=group_by))
			for name in names:
				assert shown.get(name, (0, 0, 0, 0, 0)) == computed(of(name), seen), name
			assert shown["Total"] == computed(lambda customer, branch: True, seen)
		# CASH is of no branch, and everybody's
		assert {row["entry"] for row in _run(user, group_by="Branch")} == {*seen, "Without Branch", "Total"}
		customers = {row["entry"] for row in _run(user, group_by="Branch", then_by="Customer")}
		assert customers & {name for name, *_ in CUSTOMERS} == {
			name for name, of, *_ in CUSTOMERS if seen.intersection(of)
		}
		assert _run(user, branch="Mumbai") == _run(user, branch="West") == []
		everywhere, below = (_run(user, group_by="Branch", **more) for more in ({}, {"branch": "HO"}))
		assert below[:-1] == [row for row in everywhere if row["entry"] in seen]
	for group_by in ("Trade Type", CATEGORY, "Branch"):
		assert _run(nobody, group_by=group_by) == []


def test_moved_merged_and_disabled_categories_count_where_they_are_now(sold: None) -> None:
	frappe.get_doc(CATEGORY, "Kapadia Foods").update({PARENT: "Shetty Group"}).save()
	frappe.get_doc(CATEGORY, "Kapadia Dairy").update({"disabled": 1}).save()
	shown = _shown(_run(group_by=CATEGORY))
	assert shown["Kapadia Dairy"][0] == 1
	let_delete()
	assert shown["Shetty Group"] == computed(of_category("Shetty Group"))
	frappe.rename_doc(CATEGORY, "Kapadia Group", "Shetty Group", merge=True)
	shown = _shown(_run(group_by=CATEGORY))
	assert "Kapadia Group" not in shown
	assert shown["Shetty Group"] == computed(of_category("Shetty Group"))
	assert shown["Shetty Group"][0] == 4


def test_amounts_are_shown_to_who_may_read_their_documents(customers: None) -> None:
	seller = make_user("seller", "Delhi", roles=("Sales User",))
	filters = frappe.as_json({"company": COMPANY, "from_date": nowdate(), "to_date": nowdate()})
	answer = call(seller, "frappe.desk.query_report.run", report_name=REPORT, filters=filters).message
	columns = {column["fieldname"] for column in answer["columns"]}
	assert columns == {"entry", "customers", "new_customers", "ordered"}
	assert {"invoiced", "receivable"}.isdisjoint(answer["result"][0])


def test_many_branches_of_one_customer_are_told_apart(customers: None) -> None:
	names = [f'Branch with a rather long name, {number:03}, "quoted" 50 %' for number in range(40)]
	for name in names:
		frappe.get_doc({"doctype": "Branch", "branch": name, "parent_branch": "West"}).insert()
	make_customer("In Many", *names)
	make_customer("In All But One", *names[:-1])
	shown = _shown(_run(group_by="Branch"))
	assert {shown[name][0] for name in names[:-1]} == {2}
	assert shown[names[-1]][0] == 1


def test_an_opening_balance_is_receivable_but_no_sale(customers: None) -> None:
	account = frappe.db.get_value("Account", {"company": COMPANY, "account_type": "Temporary"})
	items = [{"item_code": documents.make_item(), "qty": 1, "rate": 100, "income_account": account}]
	documents.sales("Sales Invoice", "Of None", is_opening="Yes", items=items)
	assert _shown(_run())["General"][3:] == (0, 100)


@pytest.mark.parametrize(
	"filters",
	[
		{"group_by": "Customer"},
		{"group_by": "Item"},
		{"then_by": "Trade Type"},
		{"then_by": "Item"},
		{"company": ""},
	],
)
def test_what_cannot_be_grouped_is_refused_with_a_sentence(filters: dict) -> None:
	with pytest.raises(frappe.ValidationError, match=r"Group by|Choose"):
		_run(**filters)
