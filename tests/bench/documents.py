"""Invoices and journal entries of any number, made by bulk SQL on the site under test and kept for the next run."""

import frappe

from branch_crm.branch_access import registry
from tests.bench import customers
from tests.bench.customers import LARGE, MEAN, OLD, PREFIX, SMALL, TINY

COMMON = "name, owner, modified_by, creation, modified, docstatus"
CHUNK = 100_000


def build(number: int, company: str) -> None:
	"""`number` invoices and as many journal entries of two rows, a branch each: the oldest in the tiny and in the
	old branch, three tenths of the rest in the large one."""
	if frappe.db.count("Journal Entry", {"name": ["like", f"{PREFIX}-%"]}) == number:
		return
	remove()
	customers.make_branches()
	for start in range(1, number + 1, CHUNK):
		seq = f"seq_{start}_to_{min(start + CHUNK - 1, number)}"
		_insert("Sales Invoice", seq, number, {"company": company, "status": "Paid"}, with_branch=True)
		_insert("Journal Entry", seq, number, {"company": company, "voucher_type": "Journal Entry"})
		for row in (1, 2):
			values = {"parenttype": "Journal Entry", "parentfield": "accounts", "idx": row}
			_insert("Journal Entry Account", seq, number, values, with_branch=True, row=row)
		frappe.db.commit()
	for table in ("Sales Invoice", "Journal Entry", "Journal Entry Account"):
		frappe.db.sql(f"analyze table `tab{table}`")


def remove() -> None:
	"""Take away what `build` made."""
	for doctype in ("Sales Invoice", "Journal Entry", "Journal Entry Account"):
		while frappe.db.sql(f"select 1 from `tab{doctype}` where name like '{PREFIX}-%' limit 1"):
			frappe.db.sql(f"delete from `tab{doctype}` where name like '{PREFIX}-%' limit {CHUNK}")
			frappe.db.commit()


def _insert(
	doctype: str, seq: str, number: int, values: dict, with_branch: bool = False, row: int | None = None
) -> None:
	made = "date_add('2015-01-01', interval seq second)"
	name = f"concat('{PREFIX}-', seq{f', -{row}' if row else ''})"
	columns = [*COMMON.split(", "), *values]
	selected = [
		name,
		"'Administrator'",
		"'Administrator'",
		made,
		made,
		"1",
		*map(frappe.db.escape, values.values()),
	]
	if row:
		columns.append("parent")
		selected.append(f"concat('{PREFIX}-', seq)")
	if with_branch:
		columns.append(registry.branch_field())
		selected.append(_branch(number))
	names = ", ".join(f"`{column}`" for column in columns)
	frappe.db.sql(f"insert into `tab{doctype}` ({names}) select {', '.join(selected)} from {seq}")


def _branch(number: int) -> str:
	return f"""case when seq <= 20 then '{TINY}' when seq <= {number // 10} then '{OLD}'
		when mod(seq, 10) < 3 then '{LARGE}' when mod(seq, 38) = 0 then '{MEAN}' when mod(seq, 200) = 5 then '{SMALL}'
		else concat('{PREFIX} ', mod(seq, 33)) end"""
