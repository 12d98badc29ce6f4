"""Installed, migrated twice, uninstalled and installed again on a site that has data. Runs last: it commits."""

import json
import os
import subprocess
import sys

import frappe
import pytest

from branch_crm.branch_access import custom_fields, queries
from tests.site.company import nested_set_is_sound

SITE = os.environ["BRANCH_CRM_SITE"]
OURS = tuple(custom_fields.CUSTOM_FIELDS)


@pytest.fixture(scope="module", autouse=True)
def stock_data() -> None:
	"""What a company has before it meets the app."""
	_bench("uninstall-app", "branch_crm", "--yes", "--no-backup")
	for branch in ("Flat North", "Flat South"):
		frappe.get_doc({"doctype": "Branch", "branch": branch}).insert(ignore_if_duplicate=True)
	values = {"doctype": "Customer", "customer_name": "Life Cycle", "customer_group": "Commercial"}
	if not frappe.db.exists("Customer", "Life Cycle"):
		frappe.get_doc(values).insert()
	frappe.db.commit()


def _bench(*arguments: str) -> None:
	frappe.db.commit()
	command = [sys.executable, "-m", "frappe.utils.bench_helper", "frappe", "--site", SITE, *arguments]
	done = subprocess.run(command, capture_output=True, text=True, check=False)
	assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
	# hooks and metadata of this process are those of before
	frappe.destroy()
	frappe.init(SITE)
	frappe.connect()


def _stock() -> dict:
	"""Data of ERPNext's own that the app must leave whole."""
	return {
		"branches": frappe.get_all("Branch", fields=["name", "branch", "owner", "creation"], order_by="name"),
		"customers": frappe.get_all("Customer", fields=["name", "owner", "modified"], order_by="name"),
		"users": frappe.get_all("User", fields=["name", "enabled"], order_by="name"),
	}


def _traces() -> dict:
	"""What the app adds to a site, as the site knows it."""
	module = {"module": custom_fields.MODULE}
	return {
		"doctypes": frappe.get_all("DocType", module, pluck="name"),
		"reports": frappe.get_all("Report", module, pluck="name"),
		"pages": frappe.get_all("Page", module, pluck="name"),
		"custom fields": frappe.get_all("Custom Field", {"dt": ["in", OURS], **module}, pluck="name"),
		"property setters": frappe.get_all("Property Setter", module, pluck="name"),
		"permissions": frappe.get_all("Custom DocPerm", {"parent": ["in", OURS]}, pluck="role"),
		"roles": frappe.get_all("Role", {"name": queries.HEAD_OFFICE}, pluck="name"),
		"module": frappe.get_all("Module Def", {"app_name": "branch_crm"}, pluck="name"),
		"indexes": sorted(
			row.Key_name
			for row in frappe.db.sql("show index from `tabBranch`", as_dict=True)
			if row.Key_name != "PRIMARY" and row.Column_name in _field_names()
		),
		"tables": [table for table in frappe.db.get_tables(cached=False) if table.startswith("tabBranch ")],
	}


def _field_names() -> set[str]:
	return {field["fieldname"] for fields in custom_fields.CUSTOM_FIELDS.values() for field in fields}


def test_the_whole_life_of_the_app() -> None:
	before = _stock()
	assert {name: found for name, found in _traces().items() if found} == {}

	_bench("install-app", "branch_crm")
	installed = _traces()
	assert all(found for name, found in installed.items() if name != "property setters")
	assert _stock() == before
	flat = frappe.get_all("Branch", {"name": ["like", "Flat%"]}, ["enabled", "parent_branch", "is_group"])
	assert [tuple(row.values()) for row in flat] == [(1, None, 0)] * 2
	assert nested_set_is_sound()
	assert not queries.is_enforced()

	for _ in range(2):
		_bench("migrate", "--skip-search-index")
		assert json.dumps(_traces()) == json.dumps(installed)
		assert _stock() == before

	_bench("uninstall-app", "branch_crm", "--yes", "--no-backup")
	assert {name: found for name, found in _traces().items() if found} == {}
	assert _stock() == before

	_bench("install-app", "branch_crm")
	assert nested_set_is_sound()
	assert _stock() == before
