"""A company of any size, written by bulk SQL: committed, removable, used again when it fits.

Branch sizes fall from about 40 % of the customers to 20. Large branches have customers of every age; those below
1 % have the oldest, as branches have that were opened first. One more branch is large and old. Names say nothing
about age. On 1,000 customers one has no branch.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import frappe

from branch_crm.branch_access import jobs, queries

PREFIX = "Bench"
HEAD = f"{PREFIX} All"
LARGE_BUT_OLD = f"{PREFIX} Old"
OTHERS = 40
SMALLEST = 20
# the share of customers that have a second branch
SECOND = 0.44
STOCK_FIELD = "bench_branch"


@dataclass(frozen=True)
class Plan:
	"""Which branches there are, what share of the draws each gets, and how many oldest customers the others."""

	customers: int
	shares: dict[str, float]
	oldest: dict[str, int]

	@property
	def regions(self) -> dict[str, list[str]]:
		"""Two branches of three lie below one of two regions, the rest directly below the head."""
		names = [*self.shares, *self.oldest]
		return {f"{PREFIX} North": names[1::3], f"{PREFIX} South": names[2::3], HEAD: [*names[::3], LARGE_BUT_OLD]}


def plan_of(customers: int) -> Plan:
	"""Branch sizes fall geometrically; what is drawn adds up to one."""
	sizes = {f"{PREFIX} {number:02}": 0.28 * 0.72**number for number in range(OTHERS)}
	drawn = {name: share for name, share in sizes.items() if share >= 0.01}
	oldest = {name: max(SMALLEST, int(share * customers)) for name, share in sizes.items() if name not in drawn}
	total = sum(drawn.values())
	return Plan(customers, {name: share / total for name, share in drawn.items()}, oldest)


def make(customers: int) -> Plan:
	"""The company of this size; takes seconds, minutes for a million, nothing if it is there already."""
	plan = plan_of(customers)
	if frappe.db.count("Customer", {"name": ["like", f"{PREFIX}-%"]}) == customers:
		return plan
	remove()
	_make_branches(plan)
	_add_stock_column()
	_insert_customers(plan)
	_insert_rows(plan)
	_let_old_branches_win_on_stock_side()
	frappe.db.commit()
	frappe.db.sql("analyze table `tabCustomer`, `tabBranch Assignment`")
	jobs.count_members()
	frappe.db.commit()
	return plan


def remove() -> None:
	"""Take the company away, its users and the column for stock's side included."""
	frappe.db.delete("Branch Assignment", {"parenttype": "Customer", "parent": ["like", f"{PREFIX}-%"]})
	frappe.db.delete("Customer", {"name": ["like", f"{PREFIX}-%"]})
	frappe.db.delete("User Permission", {"allow": "Branch", "for_value": ["like", f"{PREFIX} %"]})
	for user in frappe.get_all("User", {"name": ["like", f"{PREFIX.lower()}.%"]}, pluck="name"):
		frappe.delete_doc("User", user, force=True)
	# the leaves first
	for branch in frappe.get_all("Branch", {"name": ["like", f"{PREFIX} %"]}, order_by="lft desc", pluck="name"):
		frappe.delete_doc("Branch", branch, force=True)
	frappe.db.commit()
	frappe.db.sql_ddl(f"alter table `tabCustomer` drop column if exists `{STOCK_FIELD}`")
	frappe.clear_cache(doctype="Customer")
	jobs.count_members()
	frappe.db.commit()


def size_of(branches: Sequence[str]) -> int:
	return queries.member_count("Customer", branches)


def _make_branches(plan: Plan) -> None:
	_insert_branch(HEAD, None)
	for region, branches in plan.regions.items():
		if region != HEAD:
			_insert_branch(region, HEAD)
		for branch in branches:
			_insert_branch(branch, region)


def _insert_branch(name: str, parent: str | None) -> None:
	if parent:
		frappe.db.set_value("Branch", parent, "is_group", 1)
	frappe.get_doc({"doctype": "Branch", "branch": name, "parent_branch": parent}).insert()


def _add_stock_column() -> None:
	frappe.db.sql_ddl(
		f"""alter table `tabCustomer` add column if not exists `{STOCK_FIELD}` varchar(140),
			add index if not exists (`{STOCK_FIELD}`)"""
	)
	frappe.clear_cache(doctype="Customer")


def _insert_customers(plan: Plan) -> None:
	"""The number counts up with `modified`; `name` is a hash of it."""
	frappe.db.sql(
		f"""insert into `tabCustomer` (name, creation, modified, modified_by, owner, customer_name,
			customer_type, customer_group, territory, `{STOCK_FIELD}`)
		select concat('{PREFIX}-', md5(seq)), '2020-01-01', '2020-01-01' + interval seq minute, 'Administrator',
			'Administrator', concat('{PREFIX} Customer ', seq), 'Company', 'Commercial', 'India',
			if(seq % 1000 = 7, null, {_draw('first', plan.shares)})
		from seq_1_to_{plan.customers} order by 1"""
	)


def _insert_rows(plan: Plan) -> None:
	everybody = f"seq_1_to_{plan.customers} where seq % 1000 != 7"
	first, second = _draw("first", plan.shares), _draw("second", plan.shares)
	_insert_selected("a", first, everybody, primary=True)
	_insert_selected("b", second, f"{everybody} and {_random('any')} < {SECOND} and {second} != {first}")
	old = frappe.db.escape(LARGE_BUT_OLD)
	_insert_selected("c", old, f"seq_1_to_{plan.customers // 10} where seq % 2 = 0 and seq % 1000 != 7")
	number = 1
	for branch, members in plan.oldest.items():
		last = min(number + members - 1, plan.customers)
		_insert_selected(branch, frappe.db.escape(branch), f"seq_{number}_to_{last} where seq % 1000 != 7")
		number = last + 1


def _insert_selected(series: str, branch: str, customers: str, primary: bool = False) -> None:
	frappe.db.sql(
		f"""insert into `tabBranch Assignment`
			(name, parent, parenttype, parentfield, idx, branch, is_primary)
		select concat('{PREFIX}-{series}-', seq), concat('{PREFIX}-', md5(seq)), 'Customer', 'branches', 1,
			{branch}, {int(primary)} from {customers}"""
	)


def _let_old_branches_win_on_stock_side() -> None:
	"""A plain link holds one branch: that of the branches with old customers, where a customer has one."""
	frappe.db.sql(
		f"""update `tabBranch Assignment` assignment join `tabCustomer` customer on customer.name = assignment.parent
		set customer.`{STOCK_FIELD}` = assignment.branch
		where assignment.parenttype = 'Customer' and assignment.is_primary = 0
			and assignment.name like '{PREFIX}-%%' and assignment.name not like '{PREFIX}-b-%%'"""
	)


def _random(salt: str) -> str:
	"""SQL for a number from 0 to 1 that depends on `seq` alone."""
	return f"(conv(left(md5(concat('{salt}', seq)), 8), 16, 10) / 4294967296)"


def _draw(salt: str, shares: dict[str, float]) -> str:
	"""SQL for a branch, drawn by its share."""
	upto, cases = 0.0, []
	for branch, share in shares.items():
		upto += share
		cases.append(f"when {_random(salt)} < {upto} then {frappe.db.escape(branch)}")
	return f"case {' '.join(cases)} else {frappe.db.escape(branch)} end"
