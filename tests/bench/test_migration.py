"""A company with many customers gets the app, and its customers their codes: nothing that they have is touched."""

import os
from collections.abc import Callable
from time import monotonic

import frappe

from branch_crm.customer_master import code_jobs, code_queries
from tests.site.commands import bench

CUSTOMERS = int(os.environ.get("BRANCH_CRM_MIGRATED", "50000"))
PREFIX = "Migrated"
BEGAN = "2015-01-01"


def test_customers_stay_as_they_are() -> None:
	bench("uninstall-app", "branch_crm", "--yes", "--no-backup")
	_make_customers()
	# a former installation has left its columns
	columns = [one for one in frappe.db.get_table_columns("Customer") if one != "customer_code"]
	before = _checksum(columns)
	seconds = {"installing": _seconds(lambda: bench("install-app", "branch_crm"))}
	assert _checksum(columns) == before
	without_code = code_queries.count_without_code()
	assert without_code >= CUSTOMERS
	given: list[int] = []
	seconds["giving codes"] = _seconds(lambda: given.append(code_jobs.give_codes()))
	assert given == [without_code]
	assert code_queries.count_without_code() == 0
	assert _checksum(columns) == before
	print(f"\n{CUSTOMERS} customers: " + ", ".join(f"{what} {time:.0f} s" for what, time in seconds.items()))
	frappe.db.sql(f"delete from tabCustomer where name like '{PREFIX}-%'")
	frappe.db.commit()


def _make_customers() -> None:
	frappe.db.sql(
		f"""insert into tabCustomer (name, customer_name, customer_type, customer_group, territory, docstatus, owner,
		modified_by, creation, modified) select concat('{PREFIX}-', seq), concat('{PREFIX} customer ', seq), 'Company',
		'Commercial', 'India', 0, 'Administrator', 'Administrator', date_add('{BEGAN}', interval seq second),
		date_add('{BEGAN}', interval seq second) from seq_1_to_{CUSTOMERS}"""
	)
	frappe.db.commit()


def _checksum(columns: list[str]) -> tuple:
	texts = ", ".join(f"ifnull(`{column}`, '')" for column in columns)
	return frappe.db.sql(
		f"select count(*), sum(crc32(concat_ws('|', {texts}))) from tabCustomer where name like '{PREFIX}-%'"
	)[0]


def _seconds(work: Callable[[], object]) -> float:
	began = monotonic()
	work()
	return monotonic() - began
