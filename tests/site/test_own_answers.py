"""What Frappe and ERPNext answer over everybody's documents is answered over those of one's branches."""

import inspect
import json

import frappe
import pytest
from frappe.utils import add_days, nowdate

from branch_crm.branch_access import stand_ins
from tests.site.company import as_user, make_contact, make_customer, make_tree, make_user, switch_on
from tests.site.documents import COMPANY, make_item, sales
from tests.site.http_requests import call
from tests.site.leak.papers import paper

ROLES = (
	"Sales User",
	"Sales Manager",
	"Sales Master Manager",
	"Accounts User",
	"Accounts Manager",
	"Desk User",
)
PLACES = {"Delhi": 1013, "Agra": 7919}


@pytest.fixture
def user() -> str:
	make_tree()
	make_customer("Zq Shared", *PLACES)
	for place, rate in PLACES.items():
		make_customer(f"Zq {place}", place)
		for customer in ("Zq Shared", f"Zq {place}"):
			items = [{"item_code": make_item(), "qty": 1, "rate": rate}]
			for doctype in ("Sales Order", "Sales Invoice"):
				sales(doctype, customer, branch=place, items=items)
	user = make_user(
		"answered", "Delhi", roles=tuple(role for role in ROLES if frappe.db.exists("Role", role))
	)
	switch_on()
	return user


def invoices(place: str) -> set[str]:
	return set(frappe.get_all("Sales Invoice", {"branch": place}, pluck="name"))


def asked(user: str, command: str, **arguments) -> object:
	answer = call(user, command, **arguments)
	assert answer.status == 200, answer.text
	return answer.message


@pytest.mark.parametrize("path", stand_ins.OVERRIDES)
def test_an_answer_takes_what_the_function_of_frappe_takes(path: str) -> None:
	theirs, ours = (
		inspect.signature(frappe.get_attr(name if "." in name else f"frappe.handler.{name}")).parameters
		for name in (path, stand_ins.OVERRIDES[path])
	)
	own = {name: one for name, one in ours.items() if one.kind is not one.VAR_KEYWORD}
	# a document of the server's own, which no request sends
	missing = set(theirs) - set(own) - {"doc"}
	assert set(own) <= set(theirs)
	assert not missing or len(own) < len(ours)
	for name, one in own.items():
		assert (one.default is one.empty) <= (theirs[name].default is one.empty), name


@pytest.mark.parametrize("path", stand_ins.OVERRIDES.values())
def test_an_answer_may_be_called(path: str) -> None:
	assert frappe.get_attr(path) in frappe.whitelisted


def test_counts_are_of_ones_own(user: str) -> None:
	count = {"doctype": "Sales Invoice", "filters": {"customer": "Zq Shared"}}
	assert asked(user, "frappe.client.get_count", **count) == 1
	assert asked("Administrator", "frappe.client.get_count", **count) == 2
	guess = {"doctype": "Customer", "filters": [["name", "like", "Zq A%"]]}
	assert asked(user, "frappe.client.get_count", **guess) == 0
	everything = asked(user, "frappe.client.get_count", doctype="Sales Invoice", filters="[]")
	assert everything == len(invoices("Delhi"))


def test_a_row_found_by_filters_is_ones_own(user: str) -> None:
	for place, status in (("Delhi", 200), ("Agra", 404)):
		filters = {"rate": PLACES[place], "parenttype": "Sales Invoice"}
		row = {"doctype": "Sales Invoice Item", "parent": "Sales Invoice"}
		assert call(user, "frappe.client.get", filters=filters, **row).status == status


def test_what_is_typed_into_a_link_field_is_there_if_it_is_ones_own(user: str) -> None:
	def typed(name: str) -> object:
		return asked(
			user, "frappe.client.validate_link", doctype="Customer", docname=name, fields='["customer_group"]'
		)

	assert typed("Zq Delhi") == {"name": "Zq Delhi", "customer_group": "Commercial"}
	assert typed("Zq Agra") == typed("Zq Nobody") == {"name": None}


@pytest.mark.parametrize("command", ["frappe.desk.search.search_link", "frappe.desk.search.search_widget"])
@pytest.mark.parametrize("ignore", [0, 1])
def test_link_fields_offer_ones_own(user: str, command: str, ignore: int) -> None:
	found = asked(user, command, doctype="Customer", txt="Zq", ignore_user_permissions=ignore)
	assert "Zq Delhi" in json.dumps(found)
	assert "Zq Agra" not in json.dumps(found)


def test_groups_by_assignee_count_ones_own(user: str) -> None:
	for place in PLACES:
		for name in invoices(place):
			todo = {"doctype": "ToDo", "description": "x", "allocated_to": user, "status": "Open"}
			# as it was left over from before
			frappe.get_doc({**todo, "reference_type": "Sales Invoice", "reference_name": name}).db_insert()
	filters = json.dumps([["Sales Invoice", "name", "like", "%"]])
	group = {"doctype": "Sales Invoice", "current_filters": filters, "field": "assigned_to"}
	assert asked(user, "frappe.desk.listview.get_group_by_count", **group) == [{"name": user, "count": 2}]


def test_tagged_documents_are_ones_own(user: str) -> None:
	frappe.db.set_value("Customer", {"name": ["like", "Zq %"]}, "_user_tags", ",zq")
	found = asked(user, "frappe.desk.doctype.tag.tag.get_tagged_docs", doctype="Customer", tag="%zq%")
	assert sorted(row[0] for row in found) == ["Zq Delhi", "Zq Shared"]


def make_events() -> dict[str, str]:
	"""A public event of today in each place."""
	event = {"doctype": "Event", "subject": "x", "starts_on": nowdate(), "event_type": "Public"}
	return {place: frappe.get_doc({**event, "branch": place}).insert().name for place in PLACES}


def test_calendars_show_ones_own(user: str) -> None:
	events = make_events()
	days = {"start": add_days(nowdate(), -1), "end": add_days(nowdate(), 1)}
	shown = asked(user, "frappe.desk.doctype.event.event.get_events", **days)
	assert {row["name"] for row in shown} & set(events.values()) == {events["Delhi"]}
	orders = asked(user, "erpnext.selling.doctype.sales_order.sales_order.get_events", **days)
	assert {frappe.db.get_value("Sales Order", row["name"], "branch") for row in orders} == {"Delhi"}


def test_todays_events_are_counted_of_ones_own(user: str) -> None:
	make_events()
	told = asked(user, "frappe.desk.notifications.get_notifications")
	assert told["open_count_doctype"]["Event"] == 1
	everybodys = asked("Administrator", "frappe.desk.notifications.get_notifications")
	assert everybodys["open_count_doctype"]["Event"] == 2


def test_the_desk_is_not_told_how_many_customers_there_are(user: str) -> None:
	for who, is_told in ((user, False), ("Administrator", True)):
		with as_user(who):
			assert ("customer_count" in frappe.sessions.get()) == is_told


def test_invoices_to_be_discounted_are_ones_own(user: str) -> None:
	command = "erpnext.accounts.doctype.invoice_discounting.invoice_discounting.get_invoices"
	found = asked(user, command, filters=json.dumps({"customer": "Zq Shared"}))
	assert {row["sales_invoice"] for row in found} <= invoices("Delhi")
	assert len(found) == 1


def test_the_dashboard_of_a_shared_customer_counts_ones_own(user: str) -> None:
	answer = asked(user, "frappe.desk.notifications.get_open_count", doctype="Customer", name="Zq Shared")
	counts = {one["doctype"]: one["count"] for one in answer["count"]["external_links_found"]}
	assert counts["Sales Invoice"] == counts["Sales Order"] == 1
	assert "timeline_data" not in answer


@pytest.mark.parametrize("doctype", ["Sales Order", "Quotation", "Sales Invoice"])
def test_every_dashboard_answers_whatever_fields_it_counts_by(user: str, doctype: str) -> None:
	name = paper(doctype, "zq", {"Customer": "Zq Delhi"}, branch="Delhi").name
	assert asked(user, "frappe.desk.notifications.get_open_count", doctype=doctype, name=name)["count"]


def test_the_form_of_a_shared_customer_sums_up_ones_own(user: str) -> None:
	for who, total in ((user, PLACES["Delhi"]), ("Administrator", sum(PLACES.values()))):
		with as_user(who):
			doc = frappe.get_doc("Customer", "Zq Shared")
			doc.run_method("onload")
		(info,) = doc.get_onload("dashboard_info")
		assert (info["billing_this_year"], info["total_unpaid"]) == (total, total)


def test_the_worth_of_an_account_is_that_of_ones_own_entries(user: str) -> None:
	debtors = frappe.db.get_value("Company", COMPANY, "default_receivable_account")
	path = "erpnext.accounts.doctype.journal_entry.journal_entry.get_average_exchange_rate"
	nobody = make_user("worthless", roles=ROLES[3:5])
	for who, worth in ((user, 1), (nobody, 0), ("Administrator", 1)):
		assert asked(who, path, account=debtors) == worth


def test_balances_are_of_ones_own(user: str) -> None:
	party = {"party_type": "Customer", "party": "Zq Shared", "company": COMPANY}
	debtors = frappe.db.get_value("Company", COMPANY, "default_receivable_account")
	payment = "erpnext.accounts.doctype.payment_entry.payment_entry"
	own, all_own = PLACES["Delhi"], 2 * PLACES["Delhi"]
	assert asked(user, "erpnext.accounts.utils.get_balance_on", **party) == own
	assert asked("Administrator", "erpnext.accounts.utils.get_balance_on", **party) == sum(PLACES.values())
	details = asked(user, f"{payment}.get_party_details", **party, date=nowdate())
	assert (details["party_balance"], details["account_balance"]) == (own, all_own)
	assert (
		asked(user, f"{payment}.get_account_details", account=debtors, date=nowdate())["account_balance"]
		== all_own
	)
	both = {
		"company": COMPANY,
		"date": nowdate(),
		"paid_from": debtors,
		"ptype": "Customer",
		"pty": "Zq Shared",
	}
	answer = asked(user, f"{payment}.get_party_and_account_balance", **both)
	assert (answer["party_balance"], answer["paid_from_account_balance"]) == (own, all_own)
	journal = "erpnext.accounts.doctype.journal_entry.journal_entry.get_account_details_and_party_type"
	row = {"account": debtors, "date": nowdate(), "company": COMPANY}
	assert asked(user, journal, **row).get("balance", all_own) == all_own


def test_charts_are_of_ones_own_whatever_was_kept_for_others(user: str) -> None:
	chart = frappe.get_doc(
		{
			"doctype": "Dashboard Chart",
			"chart_name": "Zq Invoices",
			"chart_type": "Sum",
			"document_type": "Sales Invoice",
			"based_on": "posting_date",
			"value_based_on": "grand_total",
			"timeseries": 1,
			"time_interval": "Yearly",
			"timespan": "Last Year",
			"filters_json": "[]",
			"is_public": 1,
		}
	).insert()
	command = "frappe.desk.doctype.dashboard_chart.dashboard_chart.get"
	shown = {"chart_name": chart.name}
	theirs = asked("Administrator", command, **shown, refresh=1)
	ours = asked(user, command, **shown)
	assert sum(theirs["datasets"][0]["values"]) >= 2 * sum(PLACES.values())
	assert sum(ours["datasets"][0]["values"]) == 2 * PLACES["Delhi"]
	assert asked("Administrator", command, **shown) == theirs
	chart.db_set("type", "Heatmap")
	assert call(user, command, **shown).status == 403


def test_a_file_of_another_branch_is_not_there(user: str) -> None:
	urls = {}
	for place in PLACES:
		file = {"doctype": "File", "file_name": f"zq-{place}.txt", "content": place, "is_private": 1}
		hung = {"attached_to_doctype": "Customer", "attached_to_name": f"Zq {place}"}
		urls[place] = frappe.get_doc({**file, **hung}).insert().file_url
	for command in ("download_file", "frappe.handler.download_file"):
		refused = call(user, command, file_url=urls["Agra"])
		missing = call(user, command, file_url="/private/files/zq-nobody.txt")
		assert refused.status == missing.status == 404
		assert "Zq Agra" not in refused.text


def test_what_a_shared_customer_owes_is_offered_of_ones_own_invoices(user: str) -> None:
	command = "erpnext.accounts.doctype.payment_entry.payment_entry.get_outstanding_reference_documents"
	debtors = frappe.db.get_value("Company", COMPANY, "default_receivable_account")
	party = {"party_type": "Customer", "party": "Zq Shared", "party_account": debtors, "company": COMPANY}
	args = {**party, "posting_date": nowdate(), "payment_type": "Receive", "get_outstanding_invoices": 1}
	args["get_orders_to_be_billed"] = 1
	for who, places in ((user, {"Delhi"}), ("Administrator", set(PLACES))):
		rows = asked(who, command, args=json.dumps(args))
		found = {frappe.db.get_value(row["voucher_type"], row["voucher_no"], "branch") for row in rows}
		assert found == places


def test_the_last_issue_of_a_shared_customer_is_ones_own(user: str) -> None:
	contact = make_contact("Zq Asking", ("Customer", "Zq Shared")).name
	issue = {"doctype": "Issue", "subject": "x", "customer": "Zq Shared", "branch": "Agra"}
	frappe.get_doc(issue).insert()
	answer = asked(user, "erpnext.crm.doctype.utils.get_last_interaction", contact=contact)
	assert answer["last_issue"] is None


def test_the_chart_of_accounts_shows_ones_own_balances(user: str) -> None:
	debtors = frappe.db.get_value("Company", COMPANY, "default_receivable_account")
	account = {"value": debtors, "account_currency": "INR"}
	command = "erpnext.accounts.utils.get_account_balances"
	(answer,) = asked(user, command, accounts=json.dumps([account]), company=COMPANY)
	assert answer["balance"] == 2 * PLACES["Delhi"]
