"""No report shows people limited by branch a row, a total or a chart of other branches; the others are closed."""

import json
import re

import frappe
import pytest
from frappe.permissions import update_permission_property
from frappe.utils import add_days, nowdate

from branch_crm.branch_access import report_events, report_queries
from branch_crm.branch_access.report_rules import Access
from tests.site.company import (
	as_user,
	make_contact,
	make_customer,
	make_tree,
	make_user,
	switch_on,
)
from tests.site.documents import COMPANY, make_item, make_lead, sales
from tests.site.goods import make_supplier
from tests.site.http_requests import Answer, call

ROLES = (
	*(
		"Sales User",
		"Sales Manager",
		"Sales Master Manager",
		"Accounts User",
		"Accounts Manager",
		"Support Team",
	),
	*(
		"Purchase User",
		"Purchase Manager",
		"Stock User",
		"Stock Manager",
		"Projects User",
		"Projects Manager",
	),
	*("Report Manager", "Manufacturing User", "Manufacturing Manager", "Auditor", "Item Manager"),
)
OWN, OTHER = 1013, 7919
PLACES = {"Delhi": OWN, "Agra": OTHER}
# what of the other branch, or of both together, would be read in rows and sums
FOREIGN = re.compile(r"Zq Agra|(?<![\w.])(7919|8932|15838|17864|9945|16851)(\.0+)?(?!\w)")
VARIANTS = (
	{},
	{"based_on": "Item", "group_by": ""},
	{"group_by": "Customer", "party_type": "Supplier"},
	{"group_by": "Group by Party", "tree_type": "Item", "doc_type": "Sales Order"},
	{"based_on": "Cost Center", "customer": "Zq Shared", "supplier": "Zq Shared Supplier"},
	{"customer": "Zq Shared", "supplier": "Zq Shared Supplier", "include_payments": 1},
	{"from_date": add_days(nowdate(), 1), "period_start_date": add_days(nowdate(), 1), "include_payments": 1},
	{
		"from_date": nowdate(),
		"party": ["Zq Shared"],
		"show_opening_entries": 1,
		"customer": "Zq Shared",
		"include_payments": 1,
	},
	{"party": ["Zq Shared"], "show_remarks": 1, "show_future_payments": 1, "group_by_party": 1},
)
RUN = "frappe.desk.query_report.run"


@pytest.fixture
def user() -> str:
	make_tree()
	make_customer("Zq Shared", *PLACES)
	make_supplier("Zq Shared Supplier", *PLACES)
	for place, rate in PLACES.items():
		make_customer(f"Zq {place}", place)
		make_contact(f"Zq {place} Contact", ("Customer", f"Zq {place}"))
		make_lead(f"Zq {place} Lead", branch=place)
		make_supplier(f"Zq {place} Supplier", place)
		items = [{"item_code": make_item(), "qty": 1, "rate": rate}]
		for customer in ("Zq Shared", f"Zq {place}"):
			for doctype in ("Quotation", "Sales Order", "Sales Invoice"):
				sales(doctype, customer, branch=place, items=items)
		for supplier in ("Zq Shared Supplier", f"Zq {place} Supplier"):
			bill = {"doctype": "Purchase Invoice", "supplier": supplier, "company": COMPANY, "branch": place}
			frappe.get_doc({**bill, "items": items, "bill_no": f"Zq {place} {supplier}"}).insert().submit()
	user = make_user("reader", "Delhi", roles=tuple(role for role in ROLES if frappe.db.exists("Role", role)))
	switch_on()
	return user


def filters(**values) -> dict:
	year = frappe.get_all(
		"Fiscal Year", ["name", "year_start_date", "year_end_date"], order_by="year_end_date desc"
	)[0]
	return {
		"company": COMPANY,
		"from_date": str(year.year_start_date),
		"to_date": str(year.year_end_date),
		"period_start_date": str(year.year_start_date),
		"period_end_date": str(year.year_end_date),
		"fiscal_year": year.name,
		"from_fiscal_year": year.name,
		"to_fiscal_year": year.name,
		"report_date": nowdate(),
		"filter_based_on": "Date Range",
		"periodicity": "Yearly",
		"ageing_based_on": "Due Date",
		"range": "30, 60, 90, 120",
		"party_type": "Customer",
		"based_on": "Customer",
		"group_by": "Invoice",
		"categorize_by": "Categorize by Voucher (Consolidated)",
		"accumulated_values": 1,
		"include_dimensions": 1,
		"date": nowdate(),
		"item_code": make_item(),
		**values,
	}


def ran(who: str, report: str, **values) -> Answer:
	return call(who, RUN, report_name=report, filters=json.dumps(filters(**values)))


def shown(answer: Answer) -> str:
	"""Everything but the columns, which name all branches of some reports."""
	return json.dumps({key: value for key, value in answer.message.items() if key != "execution_time"})


def runnable() -> dict[str, Access]:
	kinds = ["in", ["Script Report", "Query Report"]]
	names = frappe.get_all("Report", {"disabled": 0, "report_type": kinds}, pluck="name", order_by="name")
	return {name: report_queries.verdict_on(name).access for name in names}


def test_no_report_tells_of_another_branch(user: str) -> None:
	told, answered = {}, set()
	for report, access in runnable().items():
		for variant in VARIANTS if access is not Access.CLOSED else VARIANTS[:1]:
			answer = ran(user, report, **variant)
			if access is Access.CLOSED:
				assert answer.status == 403, report
			elif answer.status == 200:
				answered.add(report)
			if answer.status == 200 and (found := FOREIGN.search(shown(answer))):
				told[report] = (variant, found.group())
	assert told == {}
	assert answered == {report for report, access in runnable().items() if access is not Access.CLOSED}


LEDGERS = {
	"General Ledger": {},
	"Sales Register": {},
	"Accounts Receivable": {},
	"Accounts Receivable Summary": {},
	"Trial Balance": {},
}


@pytest.mark.parametrize("report", LEDGERS)
def test_ledgers_tell_of_ones_own(user: str, report: str) -> None:
	assert re.search(r"(?<!\d)(1013|2026)\.0", shown(ran(user, report)))
	assert re.search(r"(?<!\d)(7919|15838|17864)\.0", shown(ran("Administrator", report)))


def test_receivables_add_up_to_ones_own_invoices(user: str) -> None:
	rows = ran(user, "Accounts Receivable").message["result"]
	assert (
		sum(row["outstanding"] for row in rows if isinstance(row, dict) and row.get("voucher_no")) == 2 * OWN
	)


def test_a_closed_report_says_what_to_use(user: str) -> None:
	refused = ran(user, "Sales Analytics")
	assert refused.status == 403
	assert "closed to you" in refused.text
	assert "Sales Register" in refused.text
	assert ran("Administrator", "Sales Analytics", range="Yearly", tree_type="Customer", doc_type="Sales Invoice",
		value_quantity="Value").status == 200  # fmt: skip


@pytest.mark.parametrize(
	("command", "arguments"),
	[
		("frappe.desk.query_report.get_script", {}),
		("frappe.desk.query_report.export_query", {"file_format_type": "CSV", "visible_idx": "[]"}),
		("frappe.core.doctype.prepared_report.prepared_report.make_prepared_report", {}),
		("frappe.core.doctype.prepared_report.prepared_report.get_reports_in_queued_state", {}),
		(RUN, {"user": "Administrator"}),
	],
)
def test_a_closed_report_is_closed_on_every_way(user: str, command: str, arguments: dict) -> None:
	closed = {"report_name": "Sales Analytics", "filters": json.dumps(filters())}
	assert call(user, command, **closed, **arguments).status == 403


def test_an_export_is_filtered_as_well(user: str) -> None:
	update_permission_property("Sales Invoice", "Accounts Manager", 0, "export", 1)
	exported = {"report_name": "Accounts Receivable", "file_format_type": "CSV", "visible_idx": "[]"}
	for branch in (None, ["Agra"], ["Delhi", "Agra"]):
		asked = {"filters": json.dumps(filters(**({"branch": branch} if branch else {})))}
		answer = call(user, "frappe.desk.query_report.export_query", **exported, **asked)
		assert not FOREIGN.search(frappe.local.response.get("filecontent", b"").decode(errors="ignore"))
		assert answer.status == (403 if branch == ["Agra"] else 200)


def test_a_custom_report_follows_the_one_that_it_changes(user: str) -> None:
	for reference, status in (("Accounts Receivable", 200), ("Sales Analytics", 403)):
		made = {"doctype": "Report", "report_name": f"Zq {reference}", "report_type": "Custom Report"}
		values = {"ref_doctype": "Sales Invoice", "reference_report": reference, "is_standard": "No"}
		saved = json.dumps({"columns": [], "filters": filters(branch=["Agra"])})
		frappe.get_doc({**made, **values, "json": saved}).insert()
		answer = ran(user, f"Zq {reference}")
		assert answer.status in (status, 403)
		assert not FOREIGN.search(answer.text)


def test_the_settings_open_and_close_reports(user: str) -> None:
	settings = frappe.get_doc("Branch Access Settings")
	settings.append("reports", {"report": "Sales Analytics", "access": "Open"})
	settings.append("reports", {"report": "General Ledger", "access": "Closed"})
	settings.save()
	frappe.local.request_cache.clear()
	analytics = {
		"range": "Yearly",
		"tree_type": "Customer",
		"doc_type": "Sales Invoice",
		"value_quantity": "Value",
	}
	assert ran(user, "Sales Analytics", **analytics).status == 200
	assert ran(user, "General Ledger").status == 403


def test_what_was_prepared_is_not_read(user: str) -> None:
	prepared = frappe.get_doc(
		{"doctype": "Prepared Report", "report_name": "General Ledger", "filters": "{}"}
	)
	with as_user(user), pytest.raises(frappe.PermissionError, match="run"):
		prepared.insert(ignore_permissions=True)
	prepared.name = "zq-prepared"
	prepared.db_insert()
	frappe.db.set_value("Prepared Report", prepared.name, "owner", user)
	assert not frappe.has_permission("Prepared Report", "read", prepared.name, user=user)
	assert report_events.query_condition(user, "Prepared Report") == "1=0"


@pytest.mark.parametrize("report", ["General Ledger", "Sales Analytics"])
def test_no_report_over_everything_is_mailed_for_them(user: str, report: str) -> None:
	mailed = {"doctype": "Auto Email Report", "report": report, "email_to": "x@x.example", "format": "HTML"}
	mailed |= {"frequency": "Daily", "filters": json.dumps(filters())}
	with pytest.raises(frappe.PermissionError):
		frappe.get_doc({**mailed, "user": user}).insert(ignore_permissions=True)
	with as_user(user), pytest.raises(frappe.PermissionError):
		frappe.get_doc({**mailed, "user": "Administrator"}).insert(ignore_permissions=True)
	of_others = frappe.get_doc({**mailed, "user": "Administrator"}).insert()
	assert not frappe.has_permission("Auto Email Report", "read", of_others.name, user=user)
	for command in ("download", "send_now"):
		path = f"frappe.email.doctype.auto_email_report.auto_email_report.{command}"
		assert call(user, path, name=of_others.name).status == 403
	frappe.db.set_value("Auto Email Report", of_others.name, "user", user)
	# it was saved before its user was limited by branch
	path = "frappe.email.doctype.auto_email_report.auto_email_report.download"
	assert call(user, path, name=of_others.name).status == 403
	queued = {"reference_doctype": "Auto Email Report", "reference_name": of_others.name}
	with pytest.raises(frappe.PermissionError):
		report_events.refuse_mail_of_closed_report(frappe.get_doc({"doctype": "Email Queue", **queued}))


def test_a_list_is_mailed_as_they_see_it(user: str) -> None:
	fields = [["name", "Customer"]]
	made = {
		"doctype": "Report",
		"report_name": "Zq Customers",
		"report_type": "Report Builder",
		"is_standard": "No",
	}
	report = frappe.get_doc(
		{**made, "ref_doctype": "Customer", "json": json.dumps({"fields": fields})}
	).insert()
	mailed = {
		"doctype": "Auto Email Report",
		"report": report.name,
		"email_to": "x@x.example",
		"format": "CSV",
	}
	doc = frappe.get_doc({**mailed, "frequency": "Daily", "user": user, "filters": "{}"}).insert()
	content = doc.get_report_content()
	assert "Zq Delhi" in content
	assert "Zq Agra" not in content
