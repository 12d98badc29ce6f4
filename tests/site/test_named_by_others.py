"""Documents that name others, and visitors who name what is not theirs."""

import frappe
import pytest
from frappe.utils import now_datetime, nowdate

from tests.site import documents
from tests.site.company import listed, make_contact, opened, switch_on
from tests.site.documents import COMPANY
from tests.site.http_requests import call
from tests.site.portal import Portal
from tests.site.strangers import MAIL, THERE, user

__all__ = ["user"]


@pytest.fixture
def buyer(portal: Portal, rights: None) -> str:
	switch_on()
	frappe.local.debug_log = []
	return portal.buyer


def test_an_issue_of_the_portal_names_whose_address_it_holds(buyer: str) -> None:
	contact = make_contact("ZQSECRET", ("Customer", "Foreign"))
	contact.append("email_ids", {"email_id": MAIL, "is_primary": 1})
	contact.save()
	made = call(buyer, "frappe.client.insert", doc={"doctype": "Issue", "subject": "x", "raised_by": MAIL})
	assert "ZQSECRET" not in made.text and '"Foreign"' not in made.text


def test_a_list_of_the_portal_answers_no_condition_on_others(buyer: str) -> None:
	project = {"doctype": "Project", "project_name": "p", "customer": "Own", "branch": "Mumbai"}
	project = frappe.get_doc(project).insert().name
	task = {"doctype": "Task", "branch": "Mumbai", "project": project}
	top = frappe.get_doc({**task, "subject": "top", "is_group": 1}).insert().name
	frappe.get_doc({**task, "subject": "own", "parent_task": top}).insert()
	frappe.db.set_value("Task", top, "modified", "2020-01-01", update_modified=False)
	frappe.get_doc({"doctype": "Task", "subject": "ZQSECRET", "branch": "Delhi"}).insert()
	one, other = (
		call(
			buyer,
			"frappe.client.get_list",
			doctype="Task",
			filters=[["Task", "name", "descendants of", {"subject": ["in", ["top", guess]]}]],
		).text
		for guess in ("ZQSECRET", "ZQWRONG")
	)
	assert one == other


def test_a_revaluation_names_no_party_of_others(user: str) -> None:
	row = {"account": documents.account("Receivable"), "party_type": "Customer", "party": THERE}
	row |= {"balance_in_base_currency": 4321, "account_currency": "INR"}
	valued = {"doctype": "Exchange Rate Revaluation", "company": COMPANY, "posting_date": nowdate()}
	doc = frappe.get_doc({**valued, "accounts": [row]})
	doc.flags.ignore_validate = True
	name = doc.insert(ignore_mandatory=True).name
	assert not listed(user, doc.doctype) & {name} | opened(user, doc.doctype, {name})


def test_a_movement_names_no_asset_of_others(user: str) -> None:
	asset = {"doctype": "Asset", "asset_name": "ZQSECRET", "company": COMPANY, "branch": "Agra"}
	asset = frappe.get_doc({**asset, "name": "ZQ-ASSET"})
	asset.db_insert()
	assert asset.name not in listed(user, "Asset")
	moved = {"doctype": "Asset Movement", "company": COMPANY, "purpose": "Issue", "name": "ZQ-MOVE"}
	moved = frappe.get_doc({**moved, "transaction_date": now_datetime()})
	moved.db_insert()
	row = {"doctype": "Asset Movement Item", "parent": moved.name, "parenttype": "Asset Movement"}
	row |= {"parentfield": "assets", "asset": asset.name, "branch": "Agra", "name": "zqrow"}
	frappe.get_doc(row).db_insert()
	answer = call(user, "frappe.client.get", doctype="Asset Movement", name=moved.name)
	assert asset.name not in answer.text
