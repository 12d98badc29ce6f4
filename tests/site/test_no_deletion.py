"""What is kept is deleted by nobody, by no route."""

import json
from collections.abc import Callable
from functools import partial
from unittest.mock import patch

import frappe
import pytest
from frappe.desk import reportview
from frappe.model import rename_doc as renaming

from branch_crm.customer_master import deletion_events, deletion_queries, deletion_rules
from branch_crm.customer_master.deletion_events import DeletionRefusedError
from tests.site.company import let_delete, make_contact, make_customer, make_user
from tests.site.http_requests import Answer, call, send
from tests.site.masters import LINK, make, make_address

ADMIN = "Administrator"
DOCTYPES = deletion_rules.PROTECTED

_RESOURCE = {"v1": "/api/resource", "v2": "/api/v2/document"}
DELETIONS: dict[str, Callable[[str, str], object]] = {
	"desk": lambda doctype, name: call(ADMIN, "frappe.client.delete", doctype=doctype, name=name),
	"list": lambda doctype, name: call(
		ADMIN, "frappe.desk.reportview.delete_items", doctype=doctype, items=json.dumps([name])
	),
	"list in the background": lambda doctype, name: reportview.delete_bulk(doctype, [name]),
	"REST v1": lambda doctype, name: send(ADMIN, "DELETE", f"{_RESOURCE['v1']}/{doctype}/{name}"),
	"REST v2": lambda doctype, name: send(ADMIN, "DELETE", f"{_RESOURCE['v2']}/{doctype}/{name}"),
	"document": lambda doctype, name: frappe.get_doc(doctype, name).delete(),
	"document by force": lambda doctype, name: frappe.get_doc(doctype, name).delete(
		ignore_permissions=True, force=True, delete_permanently=True
	),
	"program": lambda doctype, name: frappe.delete_doc(doctype, name),
	"program by force": lambda doctype, name: frappe.delete_doc(
		doctype, name, force=True, ignore_permissions=True
	),
	"program with flags": lambda doctype, name: frappe.delete_doc(
		doctype, name, force=True, flags={"ignore_links": True, "permitted": True, "ignore_permissions": True}
	),
	"program without on_trash": lambda doctype, name: frappe.delete_doc(
		doctype, name, force=True, ignore_on_trash=True
	),
	"program for reloading": lambda doctype, name: frappe.delete_doc(
		doctype, name, force=True, for_reload=True
	),
	"if it exists": lambda doctype, name: frappe.delete_doc_if_exists(doctype, name, force=True),
}
MERGES: dict[str, Callable[[str, str, str], object]] = {
	"desk": lambda doctype, old, new: call(
		ADMIN,
		"frappe.model.rename_doc.update_document_title",
		doctype=doctype,
		docname=old,
		name=new,
		merge=1,
	),
	"desk in the background": lambda doctype, old, new: call(
		ADMIN,
		"frappe.model.rename_doc.update_document_title",
		**{"doctype": doctype, "docname": old, "name": new, "merge": 1, "enqueue": True},
	),
	"client": lambda doctype, old, new: call(
		ADMIN, "frappe.client.rename_doc", doctype=doctype, old_name=old, new_name=new, merge=1
	),
	"method of the document": lambda doctype, old, new: call(
		ADMIN, "run_doc_method", dt=doctype, dn=old, method="rename", args={"name": new, "merge": 1}
	),
	"method that does not validate": lambda doctype, old, new: call(
		ADMIN,
		"run_doc_method",
		**{"dt": doctype, "dn": old, "method": "rename"},
		args={"name": new, "merge": 1, "force": 1, "validate_rename": 0},
	),
	"rename tool": lambda doctype, old, new: renaming.bulk_rename(doctype, [[old, new, "1"]]),
	"program": lambda doctype, old, new: frappe.rename_doc(doctype, old, new, merge=True, force=True),
	"program without validation": lambda doctype, old, new: renaming.rename_doc(
		doctype, old, new, merge=True, force=True, validate=False, ignore_permissions=True
	),
	"document": lambda doctype, old, new: frappe.get_doc(doctype, old).rename(new, merge=True, force=True),
}
FLAGS = ("in_test", "in_install", "in_migrate", "in_uninstall", "in_import", "in_patch")


@pytest.fixture(autouse=True)
def keeper() -> None:
	make_customer(LINK[1])


# they go on with the next document, and say at the end which ones are left
_IN_BULK = ("list", "list in the background", "rename tool")


def _attempt(route: str, act: Callable[..., object], *arguments: str) -> bool:
	"""Whether it was refused as what is kept. What is committed or rolled back on the way is so within the test."""
	frappe.db.savepoint("attempt")
	back = partial(frappe.db.rollback, save_point="attempt")
	with (
		patch.object(frappe.db, "rollback", lambda *, save_point=None: back()),
		patch.object(frappe.db, "commit"),
	):
		try:
			answer = act(*arguments)
		except DeletionRefusedError:
			back()
			return True
		except frappe.ValidationError:
			back()
			return False
	if route in _IN_BULK:
		return bool(frappe.message_log)
	return isinstance(answer, Answer) and isinstance(answer.refusal, DeletionRefusedError)


@pytest.mark.parametrize("doctype", DOCTYPES)
@pytest.mark.parametrize("route", DELETIONS)
def test_nothing_is_deleted_by(route: str, doctype: str) -> None:
	name = make(doctype, "zq kept")
	stored = frappe.get_doc(doctype, name).as_dict()
	assert _attempt(route, DELETIONS[route], doctype, name)
	assert frappe.get_doc(doctype, name).as_dict() == stored
	let_delete()
	_attempt(route, DELETIONS[route], doctype, name)
	assert not frappe.db.exists(doctype, name)


@pytest.mark.parametrize("doctype", DOCTYPES)
@pytest.mark.parametrize("route", MERGES)
def test_nothing_is_merged_by_renaming_by(route: str, doctype: str) -> None:
	old, new = make(doctype, "zq old"), make(doctype, "zq new")
	frappe.db.set_single_value("System Settings", "enable_scheduler", route == "desk in the background")
	assert _attempt(route, MERGES[route], doctype, old, new)
	assert frappe.db.exists(doctype, old)
	assert frappe.db.exists(doctype, new)


@pytest.mark.parametrize("route", [route for route in MERGES if route != "desk in the background"])
def test_where_the_settings_allow_it_customers_are_merged_by(route: str) -> None:
	old, new = make("Customer", "zq old"), make("Customer", "zq new")
	let_delete()
	_attempt(route, MERGES[route], "Customer", old, new)
	assert not frappe.db.exists("Customer", old)


@pytest.mark.parametrize("flag", FLAGS)
def test_no_flag_makes_an_exception(flag: str, monkeypatch: pytest.MonkeyPatch) -> None:
	made = [(doctype, make(doctype, f"zq {flag}")) for doctype in ("Customer", "Contact")]
	monkeypatch.setitem(frappe.flags, flag, True)
	for doctype, name in made:
		with pytest.raises(DeletionRefusedError):
			frappe.delete_doc(doctype, name, force=True)


def test_renaming_is_no_merging() -> None:
	name = frappe.rename_doc("Customer", make("Customer", "zq before"), "zq after")
	assert frappe.db.exists("Customer", name)


def test_what_belongs_to_nobody_is_deleted_and_what_is_taken_from_its_party_too() -> None:
	free = make_contact("zq free")
	lead = frappe.get_doc({"doctype": "Lead", "first_name": "zq lead"}).insert()
	frappe.delete_doc("Contact", free.name)
	frappe.delete_doc("Address", make_address("zq of a lead", ("Lead", lead.name)))
	taken = frappe.get_doc("Contact", make("Contact", "zq taken"))
	taken.links = []
	with pytest.raises(DeletionRefusedError):
		taken.delete()
	taken.save()
	taken.delete()
	account = frappe.get_doc("Bank Account", make("Bank Account", "zq account"))
	account.update({"party_type": None, "party": None}).save()
	account.delete()
	assert not frappe.db.exists("Contact", taken.name)
	assert not frappe.db.exists("Bank Account", account.name)


def test_a_lead_goes_and_leaves_the_contact_that_it_shares_with_a_customer() -> None:
	lead = frappe.get_doc({"doctype": "Lead", "first_name": "zq lead"}).insert()
	shared = make_contact("zq shared", ("Lead", lead.name), LINK)
	frappe.delete_doc("Lead", lead.name)
	assert [row.link_name for row in shared.reload().links] == [LINK[1]]


def test_only_who_keeps_the_settings_switches_it_off() -> None:
	settings = frappe.get_doc(deletion_queries.SETTINGS)
	assert settings.refuse_deletion
	change = {"doctype": settings.name, "name": settings.name, "fieldname": "refuse_deletion", "value": 0}
	keeper = make_user("zq-keeper", roles=("Sales Master Manager",))
	assert call(keeper, "frappe.client.set_value", **change).status == 403
	assert call(ADMIN, "frappe.client.set_value", **change).status == 200
	assert not deletion_queries.is_refused()
	deletion_queries.switch_on_once()
	assert not deletion_queries.is_refused()
	frappe.db.delete("Singles", {"doctype": settings.name, "field": "refuse_deletion"})
	deletion_queries.switch_on_once()
	assert deletion_queries.is_refused()


def test_the_desk_offers_no_deletion_where_it_is_refused() -> None:
	boot = frappe._dict(user=frappe._dict(can_delete=["Customer", "Contact", "Lead"]))
	deletion_events.tell_desk(boot)
	assert boot.user.can_delete == ["Contact", "Lead"]
	let_delete()
	boot.user.can_delete = ["Customer"]
	deletion_events.tell_desk(boot)
	assert boot.user.can_delete == ["Customer"]


def test_a_permission_of_the_app_itself_ends_with_what_it_was_for() -> None:
	name = make("Customer", "zq removed")
	with deletion_queries.permitted(), pytest.raises(ZeroDivisionError):
		frappe.delete_doc("Customer", name)
		1 / 0  # noqa: B018
	assert deletion_queries.is_refused()
