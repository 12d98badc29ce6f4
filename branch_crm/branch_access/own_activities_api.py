"""What ERPNext shows beside a prospect, a party or a project, in whatever branch, shown anew for whoever branches or
parties limit. Everybody else gets ERPNext's own answer."""

from operator import itemgetter

import frappe
from erpnext.crm import utils as crm
from erpnext.crm.doctype.prospect import prospect as prospects
from erpnext.templates.pages import projects

from branch_crm.branch_access import queries
from branch_crm.branch_access.own_rows_api import own_rows

_OF_PROJECTS = "erpnext/templates/includes/projects"


@frappe.whitelist()
def get_opportunities(prospect: str) -> list[dict]:
	"""ERPNext's own for the opportunities of a prospect."""
	found = prospects.get_opportunities(prospect)
	return own_rows("Opportunity", found, itemgetter("name")) if queries.is_limited() else found


@frappe.whitelist()
def get_open_activities(ref_doctype: str, ref_docname: str) -> dict[str, list[dict]]:
	"""ERPNext's own for the tasks and events of a party; its tasks hang on it, its events are of their own branch."""
	found = crm.get_open_activities(ref_doctype, ref_docname)
	if queries.is_limited():
		found["events"] = own_rows("Event", found["events"], itemgetter("name"))
	return found


@frappe.whitelist()
def get_task_html(project: str, start: int | str = 0, item_status: str | None = None) -> str:
	"""ERPNext's own for more of the tasks on the page of a project."""
	if not queries.is_limited():
		return projects.get_task_html(project, start, item_status)
	tasks = own_tasks(projects.get_tasks(project, start, item_status=item_status))
	doc = {"name": project, "project_name": project, "tasks": tasks}
	return frappe.render_template(f"{_OF_PROJECTS}/project_tasks.html", {"doc": doc}, is_path=True)


@frappe.whitelist()
def get_timesheet_html(project: str, start: int | str = 0) -> str:
	"""ERPNext's own for more of the hours on it."""
	if not queries.is_limited():
		return projects.get_timesheet_html(project, start)
	doc = {"timesheets": own_sheets(projects.get_timesheets(project, start))}
	return frappe.render_template(f"{_OF_PROJECTS}/project_timesheets.html", {"doc": doc}, is_path=True)


def limit_project(context: dict) -> None:
	"""The same for the page itself."""
	doc = context.get("doc")
	if getattr(doc, "doctype", None) != "Project" or not queries.is_limited():
		return
	doc.tasks = own_tasks(doc.get("tasks") or [])
	if doc.get("timesheets"):
		doc.timesheets = own_sheets(doc.timesheets)


def own_tasks(tasks: list[dict]) -> list[dict]:
	own = own_rows("Task", tasks, itemgetter("name"))
	for task in own:
		if task.get("children"):
			task.children = own_rows("Task", task.children, itemgetter("name"))
	return own


def own_sheets(rows: list[dict]) -> list[dict]:
	return own_rows("Timesheet", rows, itemgetter("parent"))
