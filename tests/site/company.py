"""Real documents for the tests, each made in one line."""

from collections.abc import Iterator
from contextlib import contextmanager

import frappe
from frappe.core.doctype.user_permission.user_permission import get_user_permissions

from branch_crm.branch_access import api, queries, registry
from branch_crm.customer_master import deletion_queries

SALES = ("Sales User", "Sales Manager", "Sales Master Manager")
KEEPERS = (*SALES, "System Manager")
REFUSALS = (frappe.PermissionError, frappe.ValidationError)


def make_branch(name: str, parent: str | None = None, **values) -> str:
	"""A branch; a parent is made a group if it is none."""
	if parent:
		frappe.db.set_value("Branch", parent, "is_group", 1)
	doc = frappe.get_doc({"doctype": "Branch", "branch": name, "parent_branch": parent, **values})
	return doc.insert().name


def make_tree() -> None:
	"""Head Office over North (Delhi, Agra) and West (Mumbai)."""
	make_branch("HO", is_group=1)
	for region, branches in {"North": ("Delhi", "Agra"), "West": ("Mumbai",)}.items():
		make_branch(region, "HO", is_group=1)
		for branch in branches:
			make_branch(branch, region)


def roles_of_branches() -> tuple[str, ...]:
	"""Every role of the desk with which branches still limit somebody."""
	no_boundary = {"Administrator", "All", "Guest", "Desk User", "Branch Head Office", "System Manager"}
	roles = frappe.get_all("Role", {"disabled": 0, "desk_access": 1}, pluck="name")
	return tuple(set(roles) - no_boundary)


def make_user(name: str, *branches: str, roles: tuple[str, ...] = SALES, **permission) -> str:
	email = f"{name}@branch-crm.example"
	user = {"doctype": "User", "email": email, "first_name": name, "send_welcome_email": 0}
	frappe.get_doc({**user, "roles": [{"role": role} for role in roles]}).insert()
	for branch in branches:
		permit(email, branch, **permission)
	return email


def member(name: str, roles: tuple[str, ...] = KEEPERS, **functions: str) -> str:
	"""A user with a function in the team of each branch."""
	user = make_user(name, roles=roles)
	for branch, function in functions.items():
		join_team(user, branch, function)
	return user


def permit(user: str, branch: str, **values) -> object:
	permission = {"doctype": "User Permission", "user": user, "allow": "Branch", "for_value": branch}
	if values.get("applicable_for"):
		permission["apply_to_all_doctypes"] = 0
	return frappe.get_doc({**permission, **values}).insert()


def join_team(user: str, branch: str, function: str = "Sales", **values) -> str:
	"""A row for the user in the team of a branch."""
	doc = frappe.get_doc("Branch", branch)
	doc.append("team", {"user": user, "function": function, **values})
	return doc.save().name


def leave_team(user: str, branch: str) -> None:
	doc = frappe.get_doc("Branch", branch)
	doc.team = [row for row in doc.team if row.user != user]
	doc.save()


def mirror_of(user: str) -> set[str]:
	"""The branches of the User Permissions that teams own."""
	filters = {"user": user, "allow": "Branch", "branch_team": 1}
	return set(frappe.get_all("User Permission", filters, pluck="for_value"))


def team_of(branch: str) -> set[tuple]:
	"""Who is in the team, and as what."""
	return {(row.user, row.function) for row in frappe.get_doc("Branch", branch).team}


def by_hand(user: str) -> set[str]:
	"""The branches of the User Permissions that no team owns."""
	return set(
		frappe.get_all(
			"User Permission", {"user": user, "branch_team": 0, "allow": "Branch"}, pluck="for_value"
		)
	)


def make_customer(name: str, *branches: str | dict) -> object:
	"""A customer of these branches, the first one primary; a dict gives a row's other values."""
	rows = [{"branch": branch} if isinstance(branch, str) else dict(branch) for branch in branches]
	if rows and not any(row.get("is_primary") for row in rows):
		rows[0]["is_primary"] = 1
	values = {"customer_name": name, "customer_group": "Commercial", "territory": "India"}
	return frappe.get_doc({"doctype": "Customer", **values, "branches": rows}).insert()


def make_contact(name: str, *links: tuple[str, str]) -> object:
	rows = [{"link_doctype": doctype, "link_name": link} for doctype, link in links]
	return frappe.get_doc({"doctype": "Contact", "first_name": name, "links": rows}).insert()


def switch_on(unassigned: str = "Head Office") -> None:
	api.activate(dry_run=False, unassigned_visible_to=unassigned)


def let_delete() -> None:
	"""What the settings refuse by default; for tests of what follows from a deletion, or of who else refuses it."""
	frappe.db.set_single_value(deletion_queries.SETTINGS, deletion_queries.FIELD, 0)


@contextmanager
def as_user(user: str) -> Iterator[None]:
	before = frappe.session.user
	frappe.set_user(user)
	try:
		yield
	finally:
		frappe.set_user(before)


def request(user: str, method: str, **arguments) -> bool:
	"""Whether the request got through; what was refused is rolled back as at the end of a request."""
	frappe.db.savepoint("request")
	with as_user(user):
		frappe.local.form_dict = frappe._dict(arguments)
		try:
			frappe.call(method, **arguments)
		except REFUSALS:
			frappe.db.rollback(save_point="request")
			return False
	return True


def listed(user: str, doctype: str = "Customer") -> set[str]:
	"""What a list shows by branches: without what is always visible."""
	return listed_in_full(user, doctype) - registry.always_visible(doctype)


def listed_in_full(user: str, doctype: str = "Customer") -> set[str]:
	with as_user(user):
		return set(frappe.get_list(doctype, pluck="name", limit_page_length=0))


def counted(user: str, doctype: str = "Customer") -> int:
	"""The number above a list, without what is always visible."""
	return counted_in_full(user, doctype) - len(
		listed_in_full(user, doctype) & registry.always_visible(doctype)
	)


def counted_in_full(user: str, doctype: str = "Customer") -> int:
	with as_user(user):
		return frappe.get_list(doctype, fields=["count(name) as number"])[0].number


def opened(user: str, doctype: str, names: set[str], right: str = "read") -> set[str]:
	"""Which of `names` the user may open as a form, or has another right on."""
	return {name for name in names if frappe.has_permission(doctype, right, name, user=user)}


def found(user: str, text: str, doctype: str = "Customer") -> set[str]:
	"""What a link field offers."""
	with as_user(user):
		frappe.local.form_dict = frappe._dict()
		frappe.local.response = frappe._dict()
		results = frappe.call("frappe.desk.search.search_link", doctype=doctype, txt=text, page_length=1000)
		return {row["value"] for row in results or frappe.local.response.get("results") or []}


def branch_permissions(user: str) -> set[str]:
	"""What Frappe itself allows of Branch, descendants included."""
	return {permission.doc for permission in get_user_permissions(user).get("Branch", [])}


def nested_set_is_sound() -> bool:
	"""lft and rgt against a walk over the parents."""
	nodes = frappe.get_all("Branch", fields=["name", "parent_branch", "lft", "rgt"])
	tree = queries.tree()
	numbers = sorted(number for node in nodes for number in (node.lft, node.rgt))
	if len(set(numbers)) != len(numbers) or min(numbers, default=1) < 1:
		return False
	return all(
		{other.name for other in nodes if node.lft <= other.lft and other.rgt <= node.rgt}
		== tree.with_descendants(node.name)
		for node in nodes
	)
