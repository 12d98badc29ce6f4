"""The demo company on a site says what the terminal says by the rules alone, and goes without a trace."""

from collections import Counter
from datetime import date

import frappe
from frappe.desk.query_report import run
from frappe.utils import flt, getdate

from branch_crm.branch_access import assignment_rules, document_rules, rules
from branch_crm.credit_control.rules import Action
from branch_crm.customer_master import cash_queries
from branch_crm.demo import (
	credit_records,
	loader,
	netting_records,
	price_records,
	records,
	removal,
	sales_records,
	service_records,
)
from tests.site.company import as_user, listed, mirror_of

UNASSIGNED = assignment_rules.Unassigned.HEAD_OFFICE
LEDGERS = ("GL Entry", "Payment Ledger Entry", "Stock Ledger Entry", "Bin", "Repost Item Valuation")
MADE = (*removal.DOCUMENTS, "Lead", "Prospect", "Supplier", "Item", "Item Price", "Warehouse", "Cost Center")
MASTERS = ("Branch", "Branch Team Member", "Customer", "Contact", "Address", "User", "User Permission")
MASTERS += ("Customer Category", "Trade Price", "Pricing Rule", "Party Link", "Netting Agreement")
MASTERS += (
	"Credit Profile",
	"Credit Company",
	"Credit Hold",
	"Credit Event",
	"Exposure Entry",
	"Credit Exposure",
)
BESIDES = ("ToDo", "Communication", "Dynamic Link", "Branch Assignment")


def _scope(user: records.DemoUser, doctype: str) -> rules.Scope:
	if user.is_head_office:
		return rules.Scope(all=True)
	return rules.scope_of(user.memberships(date.today()), rules.BranchTree(records.tree_nodes()), doctype)


def _customers_by_the_rules(user: records.DemoUser) -> set[str]:
	scope = _scope(user, "Customer")
	return {
		customer.name
		for customer in records.CUSTOMERS
		if assignment_rules.may_see(scope, customer.assignments, UNASSIGNED, date.today())
	}


def _by_the_records(doctype: str) -> Counter:
	"""Customer or lead and branch of every document that the records speak of, with their number."""
	if doctype == "Issue":
		return Counter((issue.customer, issue.branch) for issue in service_records.ISSUES)
	if doctype == "Sales Invoice":
		deals = ((deal.customer, deal.branch) for deal in sales_records.DEALS for _ in range(deal.invoices))
		cash = cash_queries.cash_customer()
		pair = netting_records.PAIR
		return Counter(
			[
				*deals,
				(pair.party, pair.branch),
				*((cash, sale.branch) for sale in sales_records.COUNTER_SALES),
			]
		)
	quoted = Counter((deal.customer, deal.branch) for deal in sales_records.DEALS if deal.is_quoted)
	return quoted + Counter(
		(lead.firm, lead.branch)
		for lead in sales_records.LEADS
		if lead.stage is sales_records.LeadStage.QUOTATION
	)


def _on_the_site(doctype: str, names: set[str]) -> Counter:
	party = "customer_name" if doctype == "Quotation" else "customer"
	rows = frappe.get_all(doctype, {"name": ["in", names]}, [party, "branch"], as_list=True)
	return Counter(rows)


def _everything() -> dict[str, list]:
	doctypes = (*MASTERS, *MADE, *LEDGERS, *BESIDES)
	return {doctype: frappe.get_all(doctype, pluck="name", order_by="name") for doctype in doctypes}


def test_it_is_what_the_terminal_says_and_goes_without_a_trace() -> None:
	before, settings = _everything(), frappe.db.get_singles_dict("Accounts Settings")
	loader.load()
	loaded = _everything()
	assert all(
		len(loaded[doctype]) > len(before[doctype]) for doctype in ("Sales Invoice", "GL Entry", "ToDo")
	)
	_agree_on_what_everybody_sees()
	loader.load()
	assert _everything() == loaded
	loader.remove()
	assert _everything() == before
	assert frappe.db.get_singles_dict("Accounts Settings") == settings


def _agree_on_what_everybody_sees() -> None:
	names = {customer.name for customer in records.CUSTOMERS}
	for user in records.USERS:
		if "Sales User" in user.roles:
			assert listed(user.email) & names == _customers_by_the_rules(user), user.login
		assert mirror_of(user.email) == (set() if user.is_by_hand else set(user.branches))
	for doctype in ("Sales Invoice", "Quotation", "Issue"):
		_agree_on(doctype)
	_has_something_of_everything()
	_has_statutory_data()
	_adds_up_what_everybody_sees()
	_asks_the_prices_that_the_terminal_says()
	_judges_as_the_terminal_does()


def _judges_as_the_terminal_does() -> None:
	customers = [profile.customer for profile in credit_records.PROFILES]
	found = {"customer": ["in", customers], "company": records.COMPANY}
	passed = frappe.get_all(
		"Sales Order", {**found, "docstatus": 1}, ["customer", "grand_total"], as_list=True
	)
	held = frappe.get_all("Credit Hold", found, ["customer", "amount", "is_blocked"], as_list=True)
	expected = [
		(order.customer, float(order.amount), judgement.verdict)
		for order, judgement in credit_records.judged(getdate())
	]
	assert {verdict for _customer, _amount, verdict in expected} == set(Action)
	passing = [(customer, amount) for customer, amount, verdict in expected if verdict < Action.HOLD]
	assert Counter(passed) == Counter(passing)
	refused = [
		(customer, amount, int(verdict is Action.BLOCK))
		for customer, amount, verdict in expected
		if verdict >= Action.HOLD
	]
	assert Counter(held) == Counter(refused)


def _has_statutory_data() -> None:
	rows = run("Incomplete Statutory Data", filters={"party_type": "Customer"})["result"]
	lacking = {row["party"] for row in rows if isinstance(row, dict)}
	assert lacking
	assert {customer.name for customer in records.CUSTOMERS} - lacking
	assert {row["finding"] for row in rows if isinstance(row, dict)} == {"Missing", "Inconsistent"}


def _adds_up_what_everybody_sees() -> None:
	"""By type and category, whoever looks."""
	since = {"company": records.COMPANY, "from_date": "2000-01-01", "to_date": getdate()}
	for user in records.USERS:
		if "Accounts User" not in user.roles:
			continue
		with as_user(user.email):
			invoiced = frappe.get_list("Sales Invoice", {"docstatus": 1}, pluck="base_net_total", limit=0)
			for group_by in ("Trade Type", "Customer Category", "Branch"):
				rows = run("Sales by Type and Category", filters={**since, "group_by": group_by})["result"]
				# and CASH, which is everybody's
				assert rows[-1]["customers"] == len(_customers_by_the_rules(user)) + 1
				assert rows[-1]["invoiced"] == flt(sum(invoiced), 2)
	rows = run("Sales by Type and Category", filters={**since, "group_by": "Customer Category"})["result"]
	number = {row["entry"]: row["customers"] for row in rows}
	assert number["Aarohi Group"] == number["Aarohi Engineering"] + number["Aarohi Living"] == 6
	assert number["Himalaya Group"] == 6


def _asks_the_prices_that_the_terminal_says() -> None:
	offered = price_records.prices(getdate())
	items = {item.code: item for item in sales_records.ITEMS}
	sold = {deal.customer for deal in sales_records.DEALS}
	held = set()
	for doctype, party, kind in (
		("Quotation", "party_name", "Quotation Item"),
		("Sales Order", "customer", "Sales Order Item"),
	):
		documents = frappe.get_all(
			doctype, {party: ["in", sold]}, ["name", "branch", "trade_type", "transaction_date"]
		)
		assert documents
		for doc in documents:
			line = frappe.get_all(kind, {"parent": doc.name}, ["item_code", "qty", "rate"])[0]
			item = items[line.item_code]
			price = price_records.holding(
				offered, doc.trade_type, item, doc.branch, line.qty, doc.transaction_date
			)
			assert line.rate == (price.of(item) if price else item.price), doc
			held.add(price and price.price.name)
	assert held >= {None, "demo-dealer", "demo-dealer-west", "demo-wholesaler", "demo-distributor"}


def _agree_on(doctype: str) -> None:
	"""Also that the app, and nobody else, gave the documents the branches that the records say."""
	expected = _by_the_records(doctype)
	readers = [user for user in records.USERS if frappe.has_permission(doctype, "read", user=user.email)]
	assert len(readers) > 3
	for user in readers:
		scope = _scope(user, doctype)
		seen = {
			key: number
			for key, number in expected.items()
			if document_rules.may_see(scope, {key[1]}, UNASSIGNED)
		}
		assert _on_the_site(doctype, listed(user.email, doctype)) == seen, (doctype, user.login)


def _has_something_of_everything() -> None:
	assert _statuses("Sales Invoice") >= {"Paid", "Unpaid", "Partly Paid", "Overdue", "Return"}
	assert _statuses("Sales Order") >= {"To Deliver and Bill", "To Bill", "Completed"}
	assert _statuses("Issue") >= {"Open", "Closed"}
	functions = {row.function for row in frappe.get_all("Branch Team Member", ["function"])}
	assert functions >= {"Manager", "Sales", "Support", "Accounts", "Viewer"}
	shared = frappe.get_all("Sales Invoice", {"customer": records.CUSTOMERS[0].name}, pluck="branch")
	assert set(shared) == {"Delhi", "Mumbai", "Chennai"}
	at_the_counter = {"customer": cash_queries.cash_customer(), "status": "Paid", "update_stock": 1}
	assert frappe.db.count("Sales Invoice", at_the_counter) == len(sales_records.COUNTER_SALES)
	for doctype in removal.DOCUMENTS:
		assert not frappe.db.count(doctype, {"branch": ["is", "not set"]}), doctype
	assert not frappe.db.count("Repost Item Valuation")


def _statuses(doctype: str) -> set[str]:
	return set(frappe.get_all(doctype, pluck="status"))
