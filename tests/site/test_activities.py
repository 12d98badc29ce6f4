"""What is shown beside a party, a project or a person: the activities and sums of one's own branches."""

import frappe
from frappe.utils import now_datetime

from branch_crm.branch_access import permissions
from tests.site import documents
from tests.site.documents import COMPANY
from tests.site.http_requests import call
from tests.site.strangers import THERE, user

__all__ = ["user"]


def test_a_shared_prospect_shows_ones_own_opportunities(user: str) -> None:
	rows = [{"branch": "Delhi", "is_primary": 1}, {"branch": "Agra"}]
	prospect = {"doctype": "Prospect", "company_name": "Zq Prospect", "company": COMPANY, "branches": rows}
	frappe.get_doc(prospect).insert()
	deal = {"doctype": "Opportunity", "opportunity_from": "Prospect", "party_name": "Zq Prospect"}
	names = {
		branch: frappe.get_doc({**deal, "company": COMPANY, "branch": branch}).insert().name
		for branch in ("Delhi", "Agra")
	}
	path = "erpnext.crm.doctype.prospect.prospect.get_opportunities"
	shown = call(user, path, prospect="Zq Prospect").message
	assert [row["name"] for row in shown] == [names["Delhi"]]


def test_a_shared_customer_shows_the_open_events_of_ones_branches(user: str) -> None:
	event = {"doctype": "Event", "starts_on": now_datetime(), "event_type": "Public"}
	rows = [{"reference_doctype": "Customer", "reference_docname": "Zq Shared"}]
	for branch in ("Delhi", "Agra"):
		values = {"subject": f"zq {branch}", "branch": branch, "event_participants": rows}
		frappe.get_doc({**event, **values}).insert()
	path = "erpnext.crm.utils.get_open_activities"
	shown = call(user, path, ref_doctype="Customer", ref_docname="Zq Shared").message
	assert [row["subject"] for row in shown["events"]] == ["zq Delhi"]


def test_the_page_of_a_project_shows_the_tasks_of_ones_branches(user: str) -> None:
	project = {"doctype": "Project", "project_name": "zq", "branch": "Delhi"}
	project = frappe.get_doc(project).insert().name
	for subject in ("ZQOWN", "ZQSECRET"):
		task = {"doctype": "Task", "subject": subject, "project": project, "branch": "Delhi"}
		task = frappe.get_doc(task).insert()
	# its branch was corrected
	task.db_set("branch", "Agra")
	answer = call(user, "erpnext.templates.pages.projects.get_task_html", project=project)
	assert "ZQOWN" in answer.text
	assert "ZQSECRET" not in answer.text


def test_the_page_of_a_project_shows_the_hours_of_ones_branches(user: str) -> None:
	projects = {
		branch: frappe.get_doc({"doctype": "Project", "project_name": branch, "branch": branch}).insert().name
		for branch in ("Delhi", "Agra")
	}
	log = {"activity_type": "Planning", "from_time": now_datetime(), "hours": 1}
	for name, branches in {"ZQ-OWN": ["Delhi"], "ZQ-BOTH": ["Delhi", "Agra"]}.items():
		logs = [{**log, "project": projects[branch]} for branch in branches]
		sheet = {"doctype": "Timesheet", "name": name, "company": COMPANY, "time_logs": logs}
		sheet = frappe.get_doc(sheet)
		sheet.db_insert()
		for row in sheet.time_logs:
			row.update({"parent": name, "name": f"{name}-{row.idx}"}).db_insert()
	path = "erpnext.templates.pages.projects.get_timesheet_html"
	answer = call(user, path, project=projects["Delhi"])
	assert "ZQ-OWN" in answer.text
	assert "ZQ-BOTH" not in answer.text


def test_a_timeline_shows_no_call_of_others(user: str) -> None:
	call_log = {"doctype": "Call Log", "from": "1", "to": "2", "medium": "x", "type": "Incoming"}
	links = [{"link_doctype": "Customer", "link_name": "Zq Mine"}]
	for customer in ("Zq Mine", THERE):
		values = {"id": customer, "customer": customer, "summary": f"about {customer}", "links": links}
		frappe.get_doc({**call_log, **values, "status": "Completed"}).insert()
	call(user, "frappe.desk.form.load.get_docinfo", doctype="Customer", name="Zq Mine")
	shown = frappe.as_json(frappe.response["docinfo"])
	assert "about Zq Mine" in shown
	assert f"about {THERE}" not in shown


def test_the_form_of_a_sales_person_sums_up_the_orders_of_ones_branches(user: str) -> None:
	person = {
		"doctype": "Sales Person",
		"sales_person_name": "Zq Person",
		"parent_sales_person": "Sales Team",
	}
	frappe.get_doc(person).insert()
	team = [{"sales_person": "Zq Person", "allocated_percentage": 100}]
	for customer, branch in (("Zq Mine", "Delhi"), (THERE, "Agra")):
		documents.sales("Sales Order", customer, branch=branch, sales_team=team)
	call(user, "frappe.desk.form.load.getdoc", doctype="Sales Person", name="Zq Person")
	shown = frappe.response.docs[-1].get_onload()["dashboard_info"]
	assert (shown["allocated_amount_against_order"], shown["allocated_amount_against_invoice"]) == (100, 0)


def test_a_mail_that_hangs_on_nothing_is_seen_by_who_sees_one_of_its_parties(user: str) -> None:
	mail = {"doctype": "Communication", "communication_type": "Communication", "subject": "x"}
	mail |= {"communication_medium": "Phone", "sent_or_received": "Received"}
	parties = {"foreign": [THERE], "own": ["Zq Mine"], "both": ["Zq Mine", THERE], "nobody": []}
	made = {}
	for content, customers in parties.items():
		links = [{"link_doctype": "Customer", "link_name": customer} for customer in customers]
		values = {"content": content, "timeline_links": links}
		made[content] = frappe.get_doc({**mail, **values}).insert(ignore_permissions=True).name
	listed = call(user, "frappe.client.get_list", doctype="Communication", fields=["name"], limit=0).message
	seen = {content for content, name in made.items() if name in {row["name"] for row in listed}}
	assert seen == {"own", "both", "nobody"}
	assert {one for one, name in made.items() if permissions.reaches("Communication", name, user)} == seen
	reached = permissions.reached_among("Communication", made.values(), user)
	assert {one for one, name in made.items() if name in reached} == seen
	opened = {
		one for one, name in made.items() if frappe.has_permission("Communication", "read", name, user=user)
	}
	assert opened == seen
	assert call(user, "frappe.client.get", doctype="Communication", name=made["foreign"]).status == 404
