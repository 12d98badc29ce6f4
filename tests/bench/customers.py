"""A company of any size, made by bulk SQL on the site under test and kept for the next run."""

import frappe

PREFIX = "Bench"
BRANCHES = 40
TINY, SMALL, MEAN, LARGE, OLD = (f"{PREFIX} {name}" for name in ("Tiny", "Small", "Mean", "Large", "Old"))
ROOT = f"{PREFIX} Root"


def build(customers: int) -> None:
	"""`customers` with 1.44 branch rows each. The oldest are in the tiny and in the old branch; the large one
	has two fifths of all, the last fifth of them the most recent."""
	if frappe.db.count("Customer", {"name": ["like", f"{PREFIX}-%"]}) == customers:
		return
	remove()
	make_branches()
	frappe.db.sql(
		"""insert into `tabCustomer` (name, customer_name, customer_type, docstatus, owner, modified_by, creation,
		modified) select concat(%(prefix)s, '-', seq), concat(%(prefix)s, ' customer ', seq), 'Company', 0,
		'Administrator', 'Administrator', date_add('2015-01-01', interval seq second),
		date_add('2015-01-01', interval seq second) from seq_1_to_{}""".format(int(customers)),
		{"prefix": PREFIX},
	)
	_assign("mod(seq, 33)", customers, "1=1", primary=1)
	_assign(TINY, customers, "seq <= 20")
	_assign(SMALL, customers, "mod(seq, 200) = 0")
	_assign(MEAN, customers, "mod(seq, 38) = 0")
	_assign(OLD, customers, f"seq <= {customers // 10}")
	_assign(LARGE, customers, "mod(seq, 10) < 3")
	frappe.db.sql("update `tabCustomer` set is_unassigned = 0 where name like %s", f"{PREFIX}-%")
	frappe.db.commit()
	for table in ("Customer", "Branch Assignment"):
		frappe.db.sql(f"analyze table `tab{table}`")


def remove() -> None:
	"""Take away what `build` made."""
	frappe.db.sql("delete from `tabCustomer` where name like %s", f"{PREFIX}-%")
	frappe.db.sql("delete from `tabBranch Assignment` where parent like %s", f"{PREFIX}-%")
	frappe.db.commit()


def make_branches() -> None:
	"""A root and forty branches below it, where they are missing."""
	names = [TINY, SMALL, MEAN, LARGE, OLD, *(f"{PREFIX} {number}" for number in range(33))]
	for name in (ROOT, *names):
		if not frappe.db.exists("Branch", name):
			parent = None if name == ROOT else ROOT
			frappe.get_doc(
				{"doctype": "Branch", "branch": name, "parent_branch": parent, "is_group": int(name == ROOT)}
			).insert()
	frappe.db.commit()


def _assign(branch: str, customers: int, condition: str, primary: int = 0) -> None:
	value = f"concat('{PREFIX} ', {branch})" if branch.startswith("mod") else f"'{branch}'"
	frappe.db.sql(
		f"""insert into `tabBranch Assignment` (name, parent, parenttype, parentfield, idx, branch, is_primary,
		docstatus, creation, modified) select concat(left(md5({value}), 6), seq), concat('{PREFIX}-', seq), 'Customer',
		'branches', 1, {value}, {primary}, 0, now(), now() from seq_1_to_{int(customers)} where {condition}"""
	)
