"""Customers and suppliers are archived instead of deleted, and restored as they were."""

import csv
import io
from unittest.mock import patch

import frappe
import pytest
from erpnext.exceptions import PartyDisabled
from frappe.utils import getdate

from branch_crm.customer_master import archive_api
from branch_crm.customer_master.archive_events import ArchiveError
from tests.site.company import (
	KEEPERS,
	as_user,
	found,
	listed,
	make_customer,
	make_tree,
	make_user,
	switch_on,
)
from tests.site.documents import get_payment_entry, sales
from tests.site.goods import make_supplier
from tests.site.http_requests import call, send
from tests.site.masters import make

PARTIES = ("Customer", "Supplier")
API = "branch_crm.customer_master.archive_api"
REASON = "Closed its shop"
KEPT = ("archived", "archived_on", "archived_by", "archive_reason", "disabled_before_archive")


@pytest.fixture(autouse=True)
def tree() -> None:
	make_tree()


def _kept(doctype: str, name: str) -> tuple:
	return frappe.db.get_value(doctype, name, (*KEPT, "disabled"))


@pytest.mark.parametrize("doctype", PARTIES)
def test_who_is_archived_is_offered_nowhere_and_stays_listed(doctype: str) -> None:
	name = make(doctype, "zq archived")
	user = make_user("zq-keeper", roles=("Sales Master Manager", "Purchase Master Manager"))
	assert found(user, name, doctype) == {name}
	assert call(user, f"{API}.archive", doctype=doctype, name=name, reason=f" {REASON} ").status == 200
	assert _kept(doctype, name) == (1, getdate(), user, REASON, 0, 1)
	assert found(user, name, doctype) == set()
	assert name in listed(user, doctype)
	versions = frappe.get_all("Version", {"ref_doctype": doctype, "docname": name}, pluck="data")
	assert any(REASON in version for version in versions)


@pytest.mark.parametrize("doctype", PARTIES)
@pytest.mark.parametrize("disabled", [0, 1])
def test_who_is_restored_is_as_before(doctype: str, disabled: int) -> None:
	name = make(doctype, "zq restored")
	frappe.db.set_value(doctype, name, "disabled", disabled)
	archive_api.archive(doctype, name, REASON)
	archive_api.restore(doctype, name)
	assert _kept(doctype, name) == (0, None, None, None, 0, disabled)


def test_a_reason_is_needed_and_each_is_done_once() -> None:
	name = make("Customer", "zq once")
	with pytest.raises(ArchiveError, match="Say why"):
		archive_api.archive("Customer", name, "  ")
	with pytest.raises(ArchiveError, match="not archived"):
		archive_api.restore("Customer", name)
	archive_api.archive("Customer", name, REASON)
	with pytest.raises(ArchiveError, match="already"):
		archive_api.archive("Customer", name, "Other")
	assert frappe.db.get_value("Customer", name, "archive_reason") == REASON


def test_who_may_not_write_neither_archives_nor_restores() -> None:
	name = make("Customer", "zq kept")
	reader = make_user("zq-reader", roles=("Accounts User",))
	arguments = {"doctype": "Customer", "name": name}
	assert call(reader, f"{API}.archive", **arguments, reason=REASON).status == 403
	archive_api.archive("Customer", name, REASON)
	assert call(reader, f"{API}.restore", **arguments).status == 403
	assert send(reader, "GET", f"/api/method/{API}.restore", **arguments).status == 403
	assert frappe.db.get_value("Customer", name, "archived")


@pytest.mark.parametrize("doctype", PARTIES)
def test_nothing_else_changes_the_archive(doctype: str) -> None:
	name = make(doctype, "zq kept")
	forged = {"archived": 1, "archived_on": "2020-01-01", "archived_by": "Guest", "archive_reason": "x"}
	forged["disabled_before_archive"] = 1
	empty = (0, None, None, None, 0, 0)
	for field, value in forged.items():
		change = {"doctype": doctype, "name": name, "fieldname": field, "value": value}
		assert call("Administrator", "frappe.client.set_value", **change).status == 200
	send("Administrator", "PUT", f"/api/resource/{doctype}/{name}", **forged)
	frappe.get_doc(doctype, name).update(forged).save()
	assert _kept(doctype, name) == empty
	title = f"{doctype.lower()}_name"
	new = frappe.get_doc({"doctype": doctype, title: "zq forged", **forged}).insert()
	assert _kept(doctype, new.name) == empty
	archive_api.archive(doctype, name, REASON)
	archived = _kept(doctype, name)
	frappe.get_doc(doctype, name).update({**dict.fromkeys(KEPT), "disabled": 1}).save()
	assert _kept(doctype, name) == archived


def test_an_import_changes_nothing_of_the_archive() -> None:
	name = make("Customer", "zq imported")
	file = io.StringIO()
	csv.writer(file).writerows([["ID", "Archived", "Reason"], [name, "1", "x"]])
	importing = {"doctype": "Data Import", "reference_doctype": "Customer"}
	importing["import_type"] = "Update Existing Records"
	importing = frappe.get_doc(importing).insert()
	content = {"file_name": "zq.csv", "content": file.getvalue(), "is_private": 1}
	attached = frappe.get_doc({"doctype": "File", **content}).insert()
	importing.import_file = attached.file_url
	importing.save()
	# it commits row by row
	with patch.object(frappe.db, "commit"):
		importing.get_importer().import_data()
	assert frappe.db.get_value("Data Import Log", {"docname": name}, "success")
	assert _kept("Customer", name)[0] == 0


@pytest.mark.parametrize("doctype", PARTIES)
def test_who_is_archived_is_enabled_by_restoring_only(doctype: str) -> None:
	name = make(doctype, "zq archived")
	archive_api.archive(doctype, name, REASON)
	with pytest.raises(ArchiveError, match="Restore it"):
		frappe.get_doc(doctype, name).update({"disabled": 0}).save()
	change = {"doctype": doctype, "name": name, "fieldname": "disabled", "value": 0}
	assert call("Administrator", "frappe.client.set_value", **change).status == 417


def test_only_parties_are_archived() -> None:
	with pytest.raises(frappe.ValidationError, match="disabled or closed"):
		archive_api.archive("Branch", "Delhi", REASON)


def test_documents_of_who_is_archived_stay_and_erpnext_takes_no_payment_until_it_is_restored() -> None:
	name = make("Customer", "zq owing")
	invoice = sales("Sales Invoice", name)
	archive_api.archive("Customer", name, REASON)
	assert invoice.name in listed("Administrator", "Sales Invoice")
	receipt = get_payment_entry("Sales Invoice", invoice.name)
	receipt.update({"reference_no": "1", "reference_date": getdate()})
	frappe.db.savepoint("receipt")
	with pytest.raises(PartyDisabled):
		receipt.insert().submit()
	frappe.db.rollback(save_point="receipt")
	archive_api.restore("Customer", name)
	receipt = get_payment_entry("Sales Invoice", invoice.name)
	receipt.update({"reference_no": "1", "reference_date": getdate()})
	receipt.insert().submit()
	assert invoice.reload().outstanding_amount == 0


def test_of_several_branches_only_who_works_in_all_of_them_archives() -> None:
	for name, branches in {"Of both": ("Delhi", "Mumbai"), "Own": ("Delhi",), "Foreign": ("Mumbai",)}.items():
		make_customer(name, *branches)
	user, pair = (
		make_user("delhi", "Delhi", roles=KEEPERS),
		make_user("pair", "Delhi", "Mumbai", roles=KEEPERS),
	)
	switch_on()
	status = {
		name: call(user, f"{API}.archive", doctype="Customer", name=name, reason=REASON).status
		for name in ("Of both", "Own", "Foreign")
	}
	assert status == {"Of both": 403, "Own": 200, "Foreign": 404}
	with as_user(pair):
		archive_api.archive("Customer", "Of both", REASON)
	with as_user(user), pytest.raises(archive_api.SharedPartyError):
		archive_api.restore("Customer", "Of both")


def test_what_became_mandatory_or_was_disabled_keeps_nobody_out_of_the_archive() -> None:
	supplier = make_supplier("Zq Carrier", "Delhi", is_transporter=1).name
	customer = make_customer("Zq Old", "Delhi")
	customer.update({"preferred_transporter": supplier}).save()
	archive_api.archive("Supplier", supplier, REASON)
	customer.db_set({"territory": "Zq Gone", "customer_type": ""})
	archive_api.archive("Customer", customer.name, REASON)
	assert frappe.db.get_value("Customer", customer.name, "archived")
	archive_api.restore("Customer", customer.name)
	assert not frappe.db.get_value("Customer", customer.name, "disabled")
