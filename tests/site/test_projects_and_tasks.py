"""What ERPNext does with projects and tasks beside those that somebody changes."""

import frappe
import pytest
from frappe.utils import add_days, getdate, nowdate

from tests.site import documents
from tests.site.company import join_team, make_tree, make_user, roles_of_branches, switch_on
from tests.site.http_requests import Answer, call
from tests.site.strangers import user

__all__ = ["user"]

PROJECT = "erpnext.projects.doctype.project.project"


def project_of(branch: str) -> str:
	return frappe.get_doc({"doctype": "Project", "project_name": "zq", "branch": branch}).insert().name


def task_of(project: str, branch: str, subject: str = "x", **values) -> str:
	"""A task that was moved to the branch after it was made."""
	task = {"doctype": "Task", "subject": subject, "project": project, "branch": "Delhi", **values}
	task = frappe.get_doc(task).insert()
	task.db_set("branch", branch)
	return task.name


@pytest.fixture
def viewer() -> str:
	"""Works in Delhi, and views Agra."""
	make_tree()
	documents.make_item()
	user = make_user("viewer", roles=roles_of_branches())
	join_team(user, "Delhi", "Sales")
	join_team(user, "Agra", "Viewer")
	switch_on()
	return user


def completed(user: str, *branches: str) -> list[str]:
	"""The status of the tasks after their project was said to be done."""
	project = project_of("Delhi")
	tasks = [task_of(project, branch) for branch in branches]
	call(user, f"{PROJECT}.set_project_status", project=project, status="Completed")
	return [frappe.db.get_value("Task", task, "status") for task in tasks]


def test_a_project_is_completed_with_ones_own_tasks(user: str) -> None:
	assert completed(user, "Delhi", "Delhi") == ["Completed", "Completed"]


def test_but_with_none_of_others(user: str) -> None:
	assert completed(user, "Delhi", "Agra") == ["Open", "Open"]


def test_nor_with_what_is_only_viewed(viewer: str) -> None:
	assert completed(viewer, "Agra") == ["Open"]


def test_a_project_with_nothing_left_to_do_is_completed(user: str) -> None:
	project = project_of("Delhi")
	frappe.db.set_value("Task", task_of(project, "Agra"), "status", "Completed")
	answer = call(user, f"{PROJECT}.set_project_status", project=project, status="Completed")
	assert answer.status == 200
	assert frappe.db.get_value("Project", project, "status") == "Completed"


def doubled(user: str, project: str) -> Answer:
	sent = frappe.get_doc("Project", project).as_json()
	return call(user, f"{PROJECT}.create_duplicate_project", prev_doc=sent, project_name="Twice")


def copied() -> set[str]:
	project = frappe.db.get_value("Project", {"project_name": "Twice"})
	return set(frappe.get_all("Task", {"project": project}, pluck="subject"))


def test_a_project_is_doubled_with_all_its_tasks(user: str) -> None:
	project = project_of("Delhi")
	task_of(project, "Delhi", "one")
	task_of(project, "Delhi", "two")
	assert doubled(user, project).status == 200 and copied() == {"one", "two"}


def test_but_without_those_of_others(user: str) -> None:
	project = project_of("Delhi")
	theirs = task_of(project, "Agra", "theirs")
	task_of(project, "Delhi", "mine", depends_on=[{"task": theirs}])
	answer = doubled(user, project)
	assert answer.status == 200 and copied() == {"mine"}, answer.text
	assert frappe.db.count("Task", {"subject": "theirs"}) == 1


def moved(user: str, branch: str) -> tuple[Answer, str]:
	"""A task of Delhi ends later; another one of the branch waits for it."""
	project = project_of("Delhi")
	dates = {"exp_start_date": nowdate(), "exp_end_date": add_days(nowdate(), 1)}
	first = task_of(project, "Delhi", **dates)
	dates = {"exp_start_date": add_days(nowdate(), 2), "exp_end_date": add_days(nowdate(), 3)}
	second = task_of(project, branch, depends_on=[{"task": first, "project": project}], **dates)
	later = {"fieldname": "exp_end_date", "value": add_days(nowdate(), 5)}
	return call(user, "frappe.client.set_value", doctype="Task", name=first, **later), second


@pytest.mark.parametrize(("branch", "starts"), [("Delhi", 6), ("Agra", 2)])
def test_a_task_moves_those_that_wait_for_it_where_they_are_ones_own(
	user: str, branch: str, starts: int
) -> None:
	answer, second = moved(user, branch)
	assert answer.status == 200 and (branch == "Delhi" or second not in answer.text), answer.text
	start, changed_by = frappe.db.get_value("Task", second, ["exp_start_date", "modified_by"])
	assert start == getdate(add_days(nowdate(), starts))
	assert changed_by == (user if branch == "Delhi" else "Administrator")


def test_a_task_moves_none_that_is_only_viewed(viewer: str) -> None:
	answer, second = moved(viewer, "Agra")
	assert answer.status == 200
	assert frappe.db.get_value("Task", second, "exp_start_date") == getdate(add_days(nowdate(), 2))


def test_nobody_moves_a_task_of_others_by_himself(user: str) -> None:
	task = task_of(project_of("Delhi"), "Agra", exp_start_date=nowdate(), exp_end_date=nowdate())
	sent = frappe.get_doc("Task", task).as_dict(convert_dates_to_str=True)
	sent |= {"exp_end_date": add_days(nowdate(), 5), "flags": {"ignore_recursion_check": True}}
	answer = call(user, "frappe.client.save", doc=sent)
	assert answer.status == 404
	assert frappe.db.get_value("Task", task, "exp_end_date") == getdate(nowdate())
