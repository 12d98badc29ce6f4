"""The two workspaces: who gets them, and that every figure on them is what its reader's own lists say."""

import frappe
import pytest
from frappe.desk import desktop
from frappe.desk.doctype.dashboard_chart import dashboard_chart
from frappe.desk.doctype.number_card import number_card
from frappe.utils import nowdate

from branch_crm.branch_access import custom_fields, figure_api
from branch_crm.demo.records import COMPANY
from tests.site import documents
from tests.site.company import as_user, make_customer, make_tree, make_user, member, switch_on

HEAD_OFFICE, BRANCHES = "Branch Head Office", "My Branches"
ROLES = ("Sales User", "Sales Manager", "Accounts User", "Support Team")


@pytest.fixture(autouse=True)
def company() -> None:
	"""A customer with a lead, an opportunity, a quotation, an order, an invoice and an issue in Delhi and in Mumbai;
	one customer in both, one without a branch."""
	make_tree()
	make_customer("In Delhi", {"branch": "Delhi", "is_primary": 1, "sales_owner": "Administrator"})
	make_customer("In Mumbai", "Mumbai")
	make_customer(
		"In Both", {"branch": "Delhi", "is_primary": 1, "sales_owner": "Administrator"}, {"branch": "Mumbai"}
	)
	frappe.get_doc({"doctype": "Customer", "customer_name": "Nowhere"}).insert()
	for branch, amount in {"Delhi": 100, "Mumbai": 250}.items():
		customer = f"In {branch}"
		documents.make_lead(f"Lead {branch}", branch=branch)
		party = {"opportunity_from": "Customer", "party_name": customer, "company": COMPANY}
		frappe.get_doc({"doctype": "Opportunity", **party, "transaction_date": nowdate()}).insert()
		item = [{"item_code": documents.make_item(), "qty": 1, "rate": amount}]
		for doctype in ("Quotation", "Sales Order", "Sales Invoice"):
			documents.sales(doctype, customer, items=[dict(row) for row in item])
		frappe.get_doc({"doctype": "Issue", "subject": branch, "customer": customer}).insert()
	switch_on()


def _people() -> dict[str, str]:
	head = make_user("head", roles=(*ROLES, "Branch Head Office"))
	manager = member("manager", ROLES, Mumbai="Manager")
	region = member("region", ROLES, North="Manager")
	return {"head": head, "Mumbai": manager, "North": region, "nobody": make_user("nobody", roles=ROLES)}


def _offered(user: str) -> set[str]:
	with as_user(user):
		pages = desktop.get_workspace_sidebar_items()["pages"]
		return {page["name"] for page in pages} & {HEAD_OFFICE, BRANCHES}


def _widgets(user: str, workspace: str, kind: str, field: str) -> set[str]:
	with as_user(user):
		page = frappe.as_json({"name": workspace, "title": workspace, "public": 1})
		return {item[field] for item in desktop.get_desktop_page(page)[kind]["items"]}


def _number(card: str) -> float:
	"""What the desk shows of a card."""
	doc = frappe.get_doc("Number Card", card)
	assert frappe.has_permission("Number Card", doc=doc)
	if doc.type == "Custom":
		return frappe.call(doc.method, filters=[])["value"]
	return number_card.get_result(doc.as_json(), doc.filters_json)


def _chart(name: str, refresh: int) -> dict[str, float]:
	"""What the desk shows of a chart, without the empty months."""
	doc = frappe.get_doc("Dashboard Chart", name)
	assert frappe.has_permission("Dashboard Chart", doc=doc)
	if doc.chart_type == "Custom":
		method = "branch_crm.branch_access.dashboard_chart_source.sales_by_branch.sales_by_branch.get"
		result = frappe.call(method, chart_name=name, filters={"company": COMPANY}, refresh=refresh)
	else:
		result = dashboard_chart.get(chart_name=name, refresh=refresh)
	values = zip(result["labels"], result["datasets"][0]["values"], strict=True) if result else ()
	return {label: value for label, value in values if value}


def test_head_office_gets_its_workspace_and_people_of_branches_theirs() -> None:
	people = _people()
	assert _offered(make_user("only.head", roles=("Branch Head Office",))) == {HEAD_OFFICE}
	assert _offered(people["head"]) == {HEAD_OFFICE, BRANCHES}
	for role in ROLES:
		user = make_user(frappe.scrub(role), roles=(role,))
		assert _offered(user) == {BRANCHES}, role
	assert _offered(make_user("stock", roles=("Stock User",))) == set()


def test_only_head_office_is_led_to_activation_and_backfill() -> None:
	people = _people()
	assert _widgets(people["head"], HEAD_OFFICE, "shortcuts", "link_to") >= {
		"Customer",
		"Branch",
		"Branch Backfill",
		"Branch Customers",
		"Branch Access by Branch",
		"Branch Access by User",
	}
	of_branch = _widgets(people["Mumbai"], BRANCHES, "shortcuts", "link_to")
	assert of_branch >= {"Customer", "Branch", "Branch Customers", "Sales Invoice", "Issue"}
	assert not of_branch & {"Branch Backfill", "branch-activation"}


def test_every_block_of_a_workspace_is_there_and_of_a_widget_that_it_has() -> None:
	for name in (HEAD_OFFICE, BRANCHES):
		doc = frappe.get_doc("Workspace", name)
		assert doc.module == custom_fields.MODULE
		blocks = frappe.parse_json(doc.content)
		for kind, table in {
			"number_card": "number_cards",
			"chart": "charts",
			"shortcut": "shortcuts",
		}.items():
			shown = [block["data"][f"{kind}_name"] for block in blocks if block["type"] == kind]
			assert sorted(shown) == sorted(row.label for row in doc.get(table))
		assert all(frappe.db.exists("Number Card", row.number_card_name) for row in doc.number_cards)
		assert all(frappe.db.exists("Dashboard Chart", row.chart_name) for row in doc.charts)


def test_every_card_is_what_its_reader_s_list_says() -> None:
	people = _people()
	cards = {row.number_card_name for row in frappe.get_doc("Workspace", HEAD_OFFICE).number_cards}
	numbers = {}
	for who, user in people.items():
		with as_user(user):
			numbers[who] = {card: _number(card) for card in cards}
			for card in cards - {"Customers Without Sales Owner", "Outstanding of Branches"}:
				doc = frappe.get_doc("Number Card", card)
				rows = frappe.get_list(
					doc.document_type, frappe.parse_json(doc.filters_json), limit_page_length=0
				)
				assert numbers[who][card] == len(rows), (card, who)
	assert {card: number for card, number in numbers["nobody"].items() if number} == {}
	one = {card: 1 for card in cards}
	# CASH is everybody's
	customers = {"Branch Customers": 3, "New Branch Customers": 3, "Customers Without Branch": 0}
	assert numbers["Mumbai"] == {
		**one,
		**customers,
		"Customers Without Sales Owner": 2,
		"Outstanding of Branches": 250,
	}
	assert numbers["North"] == {
		**one,
		**customers,
		"Customers Without Sales Owner": 0,
		"Outstanding of Branches": 100,
	}
	assert numbers["head"]["Outstanding of Branches"] == 350
	assert numbers["head"]["Customers Without Branch"] == 1
	assert numbers["head"]["Open Branch Issues"] == 2


def test_no_chart_shows_one_reader_what_it_showed_another() -> None:
	"""Frappe may keep a chart by its name alone: whoever asks for the kept one gets his own all the same."""
	people = _people()
	for refresh in (1, 0):
		shown = {}
		for who in ("head", "Mumbai", "North", "nobody", "Mumbai"):
			with as_user(people[who]):
				shown[who] = {
					row.chart_name: _chart(row.chart_name, refresh)
					for row in frappe.get_doc("Workspace", BRANCHES).charts
				}
		assert shown["head"]["Sales by Branch"] == {"Mumbai": 250, "Delhi": 100}
		assert shown["Mumbai"]["Sales by Branch"] == {"Mumbai": 250}
		assert shown["North"]["Sales by Branch"] == {"Delhi": 100}
		issues = {who: charts["Issues by Status"] for who, charts in shown.items()}
		assert issues == {"head": {"Open": 2}, "Mumbai": {"Open": 1}, "North": {"Open": 1}, "nobody": {}}
		customers = {who: sum(charts["New Customers by Month"].values()) for who, charts in shown.items()}
		assert customers == {"head": 5, "Mumbai": 3, "North": 3, "nobody": 0}
		assert shown["nobody"]["Sales by Branch"] == {}


def test_the_form_of_a_branch_counts_what_lies_below_it_and_its_reader_sees() -> None:
	people = {**_people(), "only HO": make_user("only.ho", "HO", roles=ROLES, hide_descendants=1)}
	for who, branch, customers, others in (
		("head", "HO", 3, 2),
		("head", "North", 2, 1),
		("North", "North", 2, 1),
		("Mumbai", "Mumbai", 2, 1),
		("only HO", "HO", 0, 0),
	):
		with as_user(people[who]):
			figures = figure_api.figures_of(branch)
			for figure in figures:
				rows = frappe.get_list(
					figure["doctype"], figure["filters"], distinct=True, limit_page_length=0
				)
				assert len(rows) == figure["number"], (who, branch, figure)
		numbers = {figure["doctype"]: figure["number"] for figure in figures}
		assert numbers == {
			"Customer": customers,
			**{
				doctype: others
				for doctype in ("Lead", "Opportunity", "Quotation", "Sales Order", "Sales Invoice", "Issue")
			},
		}


def test_a_foreign_branch_s_figures_are_refused() -> None:
	people = _people()
	for who in ("Mumbai", "nobody"):
		with as_user(people[who]), pytest.raises(frappe.PermissionError):
			figure_api.figures_of("North")
