"""What is not there and what is not one's own is refused in the same words, by every route."""

import frappe
import pytest

from tests.site.company import KEEPERS, make_contact, make_customer, make_tree, make_user, switch_on
from tests.site.documents import sales
from tests.site.http_requests import Answer, call, send

MISSING = "Nobody Knows This"
BRANCH_OF = {"Own One": "Delhi", "Foreign One": "Mumbai"}
SAY_NOTHING = ("frappe.client.get_value", "frappe.desk.form.load.getdoc")
ROLES = (*KEEPERS, "Accounts Manager", "Stock Manager")


@pytest.fixture
def user() -> str:
	make_tree()
	user = make_user("refused", "Delhi", roles=ROLES)
	for customer, branch in BRANCH_OF.items():
		make_customer(customer, branch)
	switch_on()
	return user


def _document(doctype: str, customer: str) -> str:
	"""The customer, or a document of his."""
	if doctype == "Customer":
		return customer
	if doctype == "Contact":
		return make_contact(f"Contact of {customer}", ("Customer", customer)).name
	return sales(doctype, customer, branch=BRANCH_OF[customer]).name


def _asked(user: str, route: str, doctype: str, name: str) -> Answer:
	"""The answer over the route, a function or a verb and version of REST."""
	verb, _, version = route.partition(" ")
	if version:
		path = "/api/v2/document" if version == "v2" else "/api/resource"
		values = {} if verb == "GET" else {"modified_by": user}
		return send(user, verb, f"{path}/{doctype}/{name}", **values)
	doc = {"doctype": doctype, "name": name, "modified": "2020-01-01 00:00:00"}
	values = {
		"frappe.client.get_value": {"doctype": doctype, "filters": name, "fieldname": "name"},
		"frappe.client.set_value": {"doctype": doctype, "name": name, "fieldname": "owner", "value": user},
		"frappe.client.save": {"doc": frappe.as_json(doc)},
		"frappe.client.submit": {"doc": frappe.as_json(doc)},
		"frappe.client.rename_doc": {"doctype": doctype, "old_name": name, "new_name": "New"},
		"frappe.desk.form.load.getdoc": {"doctype": doctype, "name": name},
		"frappe.desk.form.save.savedocs": {"doc": frappe.as_json(doc), "action": "Save"},
		"frappe.desk.form.load.get_docinfo": {"doctype": doctype, "name": name},
		"run_doc_method": {"dt": doctype, "dn": name, "method": "get_title"},
	}
	return call(user, route, **values.get(route, {"doctype": doctype, "name": name}))


@pytest.mark.parametrize("doctype", ["Customer", "Sales Order", "Contact"])
@pytest.mark.parametrize(
	"route",
	[
		*(f"{verb} {version}" for verb in ("GET", "PUT", "DELETE") for version in ("v1", "v2")),
		*(f"frappe.client.{name}" for name in ("get", "get_value", "set_value", "save", "submit")),
		*(f"frappe.client.{name}" for name in ("cancel", "delete", "rename_doc")),
		*(f"frappe.desk.form.{name}" for name in ("load.getdoc", "load.get_docinfo", "save.savedocs")),
		"frappe.desk.form.save.cancel",
		"run_doc_method",
	],
)
def test_what_is_missing_and_what_is_foreign_are_refused_alike(user: str, route: str, doctype: str) -> None:
	foreign, own, missing = (
		_told(_asked(user, route, doctype, name), name)
		for name in (_document(doctype, "Foreign One"), _document(doctype, "Own One"), MISSING)
	)
	assert foreign == missing
	assert foreign[0] == (200 if route in SAY_NOTHING else 404)
	assert own != foreign


def _told(answer: Answer, name: str) -> tuple[int, type, str]:
	return answer.status, type(answer.refusal), answer.text.replace(name, "…")
