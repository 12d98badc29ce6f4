"""What was refused and decided stays as it was, whoever attacks it."""

import json

import frappe
import pytest
from frappe.model.document import Document

from branch_crm.credit_control.hold_queries import EVENT, HOLD
from branch_crm.credit_control.judge_events import CreditRefusedError
from tests.site.company import make_user
from tests.site.credit import buyer, ordered, profile
from tests.site.http_requests import call, send

ROLES = ("System Manager", "Accounts Manager", "Sales Manager", "Branch Head Office")
ATTACKS = {
	"put": lambda user, doctype, name: send(user, "PUT", f"/api/resource/{doctype}/{name}", amount=1),
	"put in v2": lambda user, doctype, name: send(
		user, "PATCH", f"/api/v2/document/{doctype}/{name}", amount=1
	),
	"delete": lambda user, doctype, name: send(user, "DELETE", f"/api/resource/{doctype}/{name}"),
	"delete in v2": lambda user, doctype, name: send(user, "DELETE", f"/api/v2/document/{doctype}/{name}"),
	"set_value": lambda user, doctype, name: call(
		user, "frappe.client.set_value", doctype=doctype, name=name, fieldname="amount", value=1
	),
	"save": lambda user, doctype, name: call(
		user, "frappe.client.save", doc={**_sent(doctype, name), "amount": 1}
	),
	"savedocs": lambda user, doctype, name: call(
		user,
		"frappe.desk.form.save.savedocs",
		doc=frappe.as_json({**_sent(doctype, name), "amount": 1}),
		action="Save",
	),
	"client delete": lambda user, doctype, name: call(
		user, "frappe.client.delete", doctype=doctype, name=name
	),
	"delete_items": lambda user, doctype, name: call(
		user, "frappe.desk.reportview.delete_items", items=frappe.as_json([name]), doctype=doctype
	),
	"bulk update": lambda user, doctype, name: call(
		user,
		"frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs",
		doctype=doctype,
		docnames=frappe.as_json([name]),
		action="update",
		data=frappe.as_json({"amount": 1}),
	),
	"rename": lambda user, doctype, name: call(
		user, "frappe.rename_doc", doctype=doctype, old=name, new="Other", force=True
	),
	"insert": lambda user, doctype, name: call(
		user, "frappe.client.insert", doc={**_copy(doctype, name), "amount": 1}
	),
	"post": lambda user, doctype, name: send(
		user, "POST", f"/api/resource/{doctype}", **_copy(doctype, name)
	),
}


def _sent(doctype: str, name: str) -> dict:
	return json.loads(frappe.get_doc(doctype, name).as_json())


def _copy(doctype: str, name: str) -> dict:
	doc = frappe.copy_doc(frappe.get_doc(doctype, name)).as_dict(no_nulls=True)
	return json.loads(frappe.as_json(doc))


@pytest.fixture
def hold(judged_company: None) -> Document:
	"""Committed: what deletes many ends the transaction that it is in."""
	profile(buyer("Delhi"), credit_limit=1000)
	order = ordered(15, submit=False, branch="Delhi")
	frappe.db.commit()
	with pytest.raises(CreditRefusedError):
		order.submit()
	frappe.db.rollback()
	return frappe.get_last_doc(HOLD)


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("person", ["Administrator", "manager"])
def test_nobody_changes_adds_or_deletes_it(hold: Document, person: str, attack: str) -> None:
	user = person if person == "Administrator" else make_user(person, roles=ROLES)
	event = frappe.get_all(EVENT, {"hold": hold.name}, pluck="name")[0]
	before = _stored()
	for doctype, name in ((HOLD, hold.name), (EVENT, event)):
		ATTACKS[attack](user, doctype, name)
		assert _stored() == before


def _stored() -> dict[str, list]:
	return {doctype: frappe.get_all(doctype, fields=["*"], order_by="name") for doctype in (HOLD, EVENT)}
