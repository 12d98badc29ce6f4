"""Issues, projects, tasks, events and contracts of the demo company."""

import frappe
from frappe.utils import add_days, get_datetime, getdate

from branch_crm.demo import records, service_records
from branch_crm.demo.documents import write


def load_issues() -> None:
	for issue in service_records.ISSUES:
		values = {"doctype": "Issue", "subject": issue.subject, "customer": issue.customer}
		doc = frappe.get_doc({**values, "status": issue.status, "company": records.COMPANY})
		write(doc, issue.by, issue.days_ago)


def load_work() -> None:
	"""Projects with their tasks, tasks of a branch, events, and contracts."""
	for number, project in enumerate(service_records.PROJECTS):
		values = {"doctype": "Project", "project_name": project.name, "customer": project.customer}
		doc = write(frappe.get_doc({**values, "company": records.COMPANY}), "asha", 40)
		for subject, status in project.tasks:
			_task(subject, status, 5 + number, project=doc.name)
	for task in service_records.TASKS:
		_task(task.subject, task.status, task.days, branch=task.branch)
	for subject, branch, days in service_records.EVENTS:
		starts = add_days(get_datetime(f"{getdate()} 10:00:00"), days)
		event = {"doctype": "Event", "subject": subject, "event_type": "Public", "starts_on": starts}
		write(frappe.get_doc({**event, "branch": branch}), "asha", 10)
	for customer in service_records.CONTRACTS:
		contract = {"doctype": "Contract", "party_type": "Customer", "party_name": customer}
		terms = {"contract_terms": "Two visits a year", "start_date": getdate(), "is_signed": 1}
		write(frappe.get_doc({**contract, **terms}), "asha", 30, submit=True)


def _task(subject: str, status: str, days: int, **values: str) -> None:
	task = {"doctype": "Task", "subject": subject, "status": status, "company": records.COMPANY}
	task["exp_end_date"] = add_days(getdate(), days)
	if status == "Completed":
		task |= {"completed_on": getdate(), "completed_by": f"asha@{records.DOMAIN}"}
	write(frappe.get_doc({**task, **values}), "asha", 12)
