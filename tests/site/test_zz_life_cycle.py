"""Installed, migrated twice, uninstalled and installed again on a site that has data. Runs last: it commits."""

import json
from collections.abc import Iterator

import frappe
import pytest

from branch_crm.branch_access import assignment_rules, custom_fields, queries, sharing_jobs
from branch_crm.customer_master import code_queries, deletion_queries
from branch_crm.demo.records import COMPANY
from branch_crm.install import FIELDS
from tests.site.commands import bench
from tests.site.company import join_team, mirror_of, nested_set_is_sound, switch_on

OURS = tuple({doctype for fields in FIELDS.values() for doctype in fields})
MODULES = {"module": ["in", list(FIELDS)]}
FURNITURE = ("Workspace", "Number Card", "Dashboard Chart", "Dashboard Chart Source")
MEMBER = "life.cycle@branch-crm.example"
STRANGER = "stranger@branch-crm.example"
SHARE = {"share_name": "Life Cycle", "user": STRANGER, "write": 1}


@pytest.fixture(scope="module", autouse=True)
def stock_data() -> Iterator[None]:
	"""What a company has before it meets the app; taken away afterwards."""
	bench("uninstall-app", "branch_crm", "--yes", "--no-backup")
	for branch in ("Flat North", "Flat South"):
		frappe.get_doc({"doctype": "Branch", "branch": branch}).insert(ignore_if_duplicate=True)
	values = {"doctype": "Customer", "customer_name": "Life Cycle", "customer_group": "Commercial"}
	if not frappe.db.exists("Customer", "Life Cycle"):
		frappe.get_doc(values).insert()
	for email in (MEMBER, STRANGER):
		user = {"doctype": "User", "email": email, "first_name": "Life", "send_welcome_email": 0}
		frappe.get_doc({**user, "roles": [{"role": "Sales User"}]}).insert(ignore_if_duplicate=True)
	frappe.share.add("Customer", "Life Cycle", STRANGER, write=1)
	by_hand = {"user": MEMBER, "allow": "Branch", "for_value": "Flat South"}
	frappe.get_doc({"doctype": "User Permission", **by_hand}).insert()
	frappe.db.commit()
	yield
	frappe.db.delete("User Permission", by_hand)
	frappe.db.set_value("Company", COMPANY, "credit_limit", 0)
	with deletion_queries.permitted():
		for doctype, name in (
			("Customer", "Life Cycle"),
			("Branch", "Flat North"),
			("Branch", "Flat South"),
			("User", MEMBER),
			("User", STRANGER),
		):
			frappe.delete_doc_if_exists(doctype, name, force=doctype == "User")
	frappe.db.commit()


def _stock() -> dict:
	"""Data of ERPNext's own that the app must leave whole."""
	return {
		"branches": frappe.get_all("Branch", fields=["name", "branch", "owner", "creation"], order_by="name"),
		"customers": frappe.get_all("Customer", fields=["name", "owner", "modified"], order_by="name"),
		"users": frappe.get_all("User", fields=["name", "enabled"], order_by="name"),
		"user permissions": frappe.get_all(
			"User Permission", fields=["name", "user", "for_value", "modified"], order_by="name"
		),
	}


def _traces() -> dict:
	"""What the app adds to a site, as the site knows it."""
	return {
		"doctypes": frappe.get_all("DocType", MODULES, pluck="name"),
		"reports": frappe.get_all("Report", MODULES, pluck="name"),
		"pages": frappe.get_all("Page", MODULES, pluck="name"),
		**{kind: frappe.get_all(kind, MODULES, pluck="name") for kind in FURNITURE},
		"rows of workspaces": _rows_of_workspaces(),
		"custom fields": frappe.get_all("Custom Field", MODULES, pluck="name"),
		"property setters": frappe.get_all("Property Setter", MODULES, pluck="name"),
		"permissions": frappe.get_all("Custom DocPerm", {"parent": ["in", OURS]}, pluck="role"),
		"roles": frappe.get_all("Role", {"name": queries.HEAD_OFFICE}, pluck="name"),
		"role holders": frappe.get_all(
			"Has Role", {"role": queries.HEAD_OFFICE, "parenttype": "User"}, pluck="parent"
		),
		"role rows": frappe.db.exists("Has Role", {"role": queries.HEAD_OFFICE}),
		"settings": frappe.db.sql(
			"select field from `tabSingles` where doctype in %s", [(queries.SETTINGS, code_queries.SETTINGS)]
		),
		"jobs": frappe.get_all("Scheduled Job Type", {"method": ["like", "branch_crm.%"]}, pluck="method"),
		"module": frappe.get_all("Module Def", {"app_name": "branch_crm"}, pluck="name"),
		"indexes": sorted(
			row.Key_name
			for row in frappe.db.sql("show index from `tabBranch`", as_dict=True)
			if row.Key_name != "PRIMARY" and row.Column_name in _field_names()
		),
		"tables": [table for table in frappe.db.get_tables(cached=False) if table.startswith("tabBranch ")],
	}


def _rows_of_workspaces() -> list[str]:
	"""Rows that a workspace of ours left behind, or has."""
	kept = frappe.get_all("Workspace", {"module": ["not in", list(FIELDS)]}, pluck="name")
	tables = ("Workspace Number Card", "Workspace Chart", "Workspace Shortcut")
	return [
		name
		for table in tables
		for name in frappe.get_all(table, {"parent": ["not in", kept]}, pluck="name", order_by="name")
	]


def _schema() -> dict:
	"""Indexes of all tables, and who may do what with the DocTypes that the app extends."""
	indexes = "select table_name, index_name, column_name from information_schema.statistics where table_schema = database()"
	rights = ("role", "permlevel", "if_owner", *custom_fields.RIGHTS)
	return {
		"indexes": set(frappe.db.sql(indexes)),
		"rights": {
			doctype: sorted(
				[row.get(right) or 0 for right in rights] for row in frappe.get_meta(doctype).permissions
			)
			for doctype in OURS
		},
	}


def _changes() -> list[tuple]:
	"""When whatever the app keeps on other apps' DocTypes was last written."""
	return [
		(doctype, row.name, row.modified)
		for doctype, filters in (
			("Custom Field", MODULES),
			("Custom DocPerm", {"parent": ["in", OURS]}),
		)
		for row in frappe.get_all(doctype, filters, ["name", "modified"], order_by="name")
	]


def _credit_limits() -> tuple[list, float]:
	"""ERPNext's own, whole."""
	rows = frappe.get_all("Customer Credit Limit", fields=["*"], order_by="name")
	return rows, frappe.db.get_value("Company", COMPANY, "credit_limit")


def _field_names() -> set[str]:
	return {field["fieldname"] for room in FIELDS.values() for fields in room.values() for field in fields}


def test_the_whole_life_of_the_app() -> None:
	before, schema = _stock(), _schema()
	assert {name: found for name, found in _traces().items() if found} == {}

	bench("install-app", "branch_crm")
	installed = _traces()
	unused = {"role holders"}
	assert {name for name, found in installed.items() if not found} == unused
	assert _stock() == before
	flat = frappe.get_all("Branch", {"name": ["like", "Flat%"]}, ["enabled", "parent_branch", "is_group"])
	assert [tuple(row.values()) for row in flat] == [(1, None, 0)] * 2
	assert nested_set_is_sound()
	assert not queries.is_enforced()

	changes = _changes()
	for _ in range(2):
		bench("migrate", "--skip-search-index")
		assert _changes() == changes
		assert json.dumps(_traces()) == json.dumps(installed)
		assert _stock() == before

	by_hand = before["user permissions"]
	join_team(MEMBER, "Flat North")
	join_team(MEMBER, "Flat South")
	assert mirror_of(MEMBER) == set()
	switch_on("Everybody")
	assert queries.is_enforced()
	assert mirror_of(MEMBER) == {"Flat North"}
	limits = [{"company": COMPANY, "credit_limit": 500}]
	customer = frappe.get_doc("Customer", "Life Cycle")
	customer.update({"branches": [{"branch": "Flat North"}], "credit_limits": limits}).save()
	frappe.db.set_value("Company", COMPANY, "credit_limit", 900)
	assert not frappe.db.get_value("Customer", "Life Cycle", "is_unassigned")
	sharing_jobs.settle()
	assert not frappe.db.exists("DocShare", SHARE)
	before = {**_stock(), "user permissions": by_hand}
	limits = _credit_limits()
	bench("branch-crm-credit", "take-over", COMPANY)
	assert _credit_limits() == ([], 0)
	bench("uninstall-app", "branch_crm", "--yes", "--no-backup")
	assert {name: found for name, found in _traces().items() if found} == {}
	assert _stock() == before
	assert _credit_limits() == limits
	assert frappe.db.exists("DocShare", SHARE)
	assert _schema() == schema

	bench("install-app", "branch_crm")
	assert not queries.is_enforced()
	assert queries.who_sees_unassigned() is assignment_rules.Unassigned.HEAD_OFFICE
	assert frappe.db.get_value("Customer", "Life Cycle", "is_unassigned")
	assert nested_set_is_sound()
	assert _stock() == before
