"""An app whose permission hook answers True opens nothing that is stored in another branch."""

from collections.abc import Callable

import frappe
import pytest
from frappe.model.document import Document

from branch_crm.branch_access.refusals import OutOfScopeError
from tests.site.company import (
	KEEPERS,
	as_user,
	let_delete,
	make_customer,
	make_tree,
	make_user,
	member,
	switch_on,
)
from tests.site.documents import sales
from tests.site.http_requests import send

ROLES = (*KEEPERS, "Accounts Manager", "Stock Manager")
CHANGES: dict[str, Callable[[Document], object]] = {
	"save": lambda doc: doc.save(),
	"submit": lambda doc: doc.submit(),
	"rename": lambda doc: doc.rename("Renamed"),
	"delete": lambda doc: doc.delete(),
	"update after submit": lambda doc: doc.save(),
	"cancel": lambda doc: doc.cancel(),
}
OF_ORDER = ("submit", "update after submit", "cancel")


@pytest.fixture(autouse=True)
def says_yes(monkeypatch: pytest.MonkeyPatch) -> None:
	# Frappe 15 takes the first hook that answers anything; this stands for another app that answers True to all
	make_tree()
	monkeypatch.setattr(frappe.permissions, "has_controller_permissions", lambda *args, **values: True)


def _document(change: str, branch: str) -> Document:
	customer = make_customer(f"Stored in {branch}", branch)
	if change not in OF_ORDER:
		return customer
	return sales("Sales Order", customer.name, submit=change != "submit", branch=branch)


def _tried(user: str, change: str, doc: Document) -> Exception | None:
	frappe.db.savepoint("tried")
	with as_user(user):
		try:
			CHANGES[change](frappe.get_doc(doc.doctype, doc.name))
		except (frappe.PermissionError, frappe.DoesNotExistError) as refusal:
			frappe.db.rollback(save_point="tried")
			return refusal
	return None


@pytest.mark.parametrize("change", CHANGES)
def test_a_stored_document_changes_by_those_who_reach_it(change: str) -> None:
	foreign, own = _document(change, "Mumbai"), _document(change, "Delhi")
	user = make_user("stored", "Delhi", roles=ROLES)
	switch_on()
	let_delete()
	assert isinstance(_tried(user, change, foreign), frappe.DoesNotExistError | OutOfScopeError)
	assert _tried(user, change, own) is None


@pytest.mark.parametrize("change", CHANGES)
def test_a_viewer_changes_nothing(change: str) -> None:
	doc = _document(change, "Delhi")
	viewer = member("stored-viewer", roles=ROLES, Delhi="Viewer")
	switch_on()
	let_delete()
	assert isinstance(_tried(viewer, change, doc), frappe.PermissionError)


def test_the_system_changes_what_it_has_to() -> None:
	foreign = _document("save", "Mumbai")
	user = make_user("stored", "Delhi", roles=ROLES)
	switch_on()
	# ERPNext saves parties by the way, for whoever posted what changes them
	with as_user(user):
		frappe.get_doc("Customer", foreign.name).save(ignore_permissions=True)


def test_a_private_file_is_not_downloaded_by_its_address() -> None:
	urls = {}
	for place in ("Delhi", "Mumbai"):
		customer = make_customer(f"With file of {place}", place)
		file = {"doctype": "File", "file_name": f"{place}.txt", "is_private": 1, "content": f"of {place}"}
		file |= {"attached_to_doctype": "Customer", "attached_to_name": customer.name}
		urls[place] = frappe.get_doc(file).insert().file_url
	user = make_user("downloads", "Delhi", roles=ROLES)
	switch_on()
	told = {
		place: send(user, "GET", url) for place, url in {**urls, "nowhere": "/private/files/no.txt"}.items()
	}
	assert told["Delhi"].status == 200
	assert told["Mumbai"].status == told["nowhere"].status == 403
	assert told["Mumbai"].text == told["nowhere"].text
