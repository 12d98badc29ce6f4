"""Functions of ERPNext that change, or copy, documents of all branches beside the one that they are told, answered anew
for whoever branches limit. Everybody else gets ERPNext's own answer."""

import frappe
from erpnext.accounts.doctype.sales_invoice import sales_invoice
from erpnext.projects.doctype.project import project as projects
from erpnext.selling.doctype.customer import customer as customers
from frappe import _

from branch_crm.branch_access import change_rights, permissions, queries, refusals

_TASK = "Task"


@frappe.whitelist()
def set_project_status(project: str, status: str) -> None:
	"""ERPNext's own for a project and all its tasks: only where all that it changes are the user's to change."""
	if queries.is_limited_by_branch():
		tasks = frappe.get_all(_TASK, {"project": project, "status": ["!=", status]}, pluck="name")
		if set(tasks) - change_rights.changeable_among(_TASK, tasks, frappe.session.user):
			refusals.refuse_other_branch(
				_("Tasks of other branches belong to this project, and are not done. Ask head office.")
			)
	projects.set_project_status(project, status)


@frappe.whitelist()
def create_duplicate_project(prev_doc: str, project_name: str) -> None:
	"""ERPNext's own for a project that is doubled with its tasks: with those that the user sees."""
	source = frappe.parse_json(prev_doc)
	tasks = frappe.get_all(_TASK, {"project": source.get("name")}, pluck="name", order_by="creation")
	own = permissions.reached_among(_TASK, tasks, frappe.session.user)
	if not queries.is_limited_by_branch() or len(own) == len(tasks):
		projects.create_duplicate_project(prev_doc, project_name)
		return
	doubled = frappe.copy_doc(source)
	doubled.update({"project_name": project_name, "project_template": ""})
	doubled.insert()
	for name in filter(own.__contains__, tasks):
		_copy_task(name, doubled.name, own)
	doubled.db_set("project_template", source.get("project_template"))


def _copy_task(name: str, project: str, own: set[str]) -> None:
	task = frappe.copy_doc(frappe.get_doc(_TASK, name))
	task.project = project
	task.parent_task = task.parent_task if task.parent_task in own else None
	task.set("depends_on", [row for row in task.depends_on if row.task in own])
	task.insert()


@frappe.whitelist()
def get_loyalty_programs(customer: str) -> list[str]:
	"""ERPNext's own for the programs that a customer may take part in. Where there is but one it enrols him, which is not
	for those who only view him."""
	user = frappe.session.user
	if not queries.is_limited_by_branch() or change_rights.changeable_among("Customer", [customer], user):
		return sales_invoice.get_loyalty_programs(customer)
	viewed = frappe.get_doc("Customer", customer)
	return [viewed.loyalty_program] if viewed.loyalty_program else customers.get_loyalty_programs(viewed)
