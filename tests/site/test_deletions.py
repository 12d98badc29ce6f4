"""To delete one's own changes nothing of others: ERPNext takes the link to it out of all documents before any event."""

import frappe
import pytest

from tests.site import documents
from tests.site.company import let_delete, make_customer
from tests.site.documents import COMPANY
from tests.site.http_requests import call
from tests.site.strangers import THERE, user

__all__ = ["user"]


def lead_of_prospect(branch: str) -> tuple[str, str]:
	"""A lead of Delhi in a prospect of this branch, with nothing else that would keep it."""
	frappe.db.set_single_value("CRM Settings", "auto_creation_of_contact", 0)
	lead = documents.make_lead("Zq Lead", branch="Delhi").name
	prospect = {"doctype": "Prospect", "company_name": "Zq Prospect", "company": COMPANY}
	prospect |= {"branches": [{"branch": branch, "is_primary": 1}], "leads": [{"lead": lead}]}
	return lead, frappe.get_doc(prospect).insert().name


def lead_of_issue(branch: str) -> tuple[str, str]:
	lead = documents.make_lead("Zq Lead", branch="Delhi").name
	issue = frappe.get_doc({"doctype": "Issue", "subject": "x", "branch": branch}).insert()
	issue.db_set("lead", lead)
	return lead, issue.name


def is_deleted(user: str, doctype: str, name: str) -> bool:
	let_delete()
	call(user, "frappe.client.delete", doctype=doctype, name=name)
	return not frappe.db.exists(doctype, name)


@pytest.mark.parametrize("branch", ["Delhi", "Agra"])
def test_a_lead_goes_out_of_ones_own_prospects_only(user: str, branch: str) -> None:
	lead, prospect = lead_of_prospect(branch)
	assert is_deleted(user, "Lead", lead) == (branch == "Delhi")
	assert bool(frappe.db.exists("Prospect", prospect)) == (branch == "Agra")


@pytest.mark.parametrize("branch", ["Delhi", "Agra"])
def test_and_out_of_ones_own_issues_only(user: str, branch: str) -> None:
	lead, issue = lead_of_issue(branch)
	is_deleted(user, "Lead", lead)
	assert frappe.db.get_value("Issue", issue, "lead") == (lead if branch == "Agra" else None)


@pytest.mark.parametrize("branch", ["Delhi", "Agra"])
def test_a_customer_sets_back_ones_own_lead_only(user: str, branch: str) -> None:
	lead = documents.make_lead("Zq Lead", branch=branch).name
	frappe.db.set_value("Lead", lead, "status", "Converted")
	make_customer("Zq Gone", "Delhi").db_set("lead_name", lead)
	assert is_deleted(user, "Customer", "Zq Gone") == (branch == "Delhi")
	assert frappe.db.get_value("Lead", lead, "status") == ("Interested" if branch == "Delhi" else "Converted")


def test_a_customer_of_no_lead_is_deleted(user: str) -> None:
	make_customer("Zq Gone", "Delhi")
	assert is_deleted(user, "Customer", "Zq Gone")


@pytest.mark.parametrize("branch", ["Delhi", "Agra"])
def test_a_project_goes_out_of_ones_own_orders_only(user: str, branch: str) -> None:
	project = frappe.get_doc({"doctype": "Project", "project_name": "zq", "branch": "Delhi"}).insert().name
	order = documents.sales("Sales Order", THERE if branch == "Agra" else "Zq Mine", branch=branch)
	order.db_set("project", project)
	assert is_deleted(user, "Project", project) == (branch == "Delhi")
	assert order.get_db_value("project") == (project if branch == "Agra" else "")
