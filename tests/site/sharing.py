"""What is shared with people, assigned to them and followed by them, each in one line."""

import frappe
from frappe.desk.form import assign_to

from branch_crm.branch_access import queries

ROLES = ("Sales User", "Sales Manager", "Sales Master Manager", "Support Team", "System Manager")


def share(user: str | None, name: str = "Own", doctype: str = "Customer", **values) -> None:
	frappe.share.add_docshare(doctype, name, user, **values)


def assign(user: str, name: str = "Own", doctype: str = "Customer") -> None:
	assign_to.add({"doctype": doctype, "name": name, "assign_to": [user], "description": "Zq"})


def shared_with(name: str = "Own") -> set[str | None]:
	return set(frappe.get_all("DocShare", {"share_name": name}, pluck="user"))


def assigned_to(name: str = "Own") -> set[str]:
	return set(frappe.get_all("ToDo", {"reference_name": name, "status": "Open"}, pluck="allocated_to"))


def follow(user: str, name: str = "Own") -> None:
	values = {"ref_doctype": "Customer", "ref_docname": name, "user": user}
	frappe.get_doc({"doctype": "Document Follow", **values}).insert()


def let_cross(value: int = 1) -> None:
	frappe.get_doc(queries.SETTINGS).update({"shares_cross_branches": value}).save()
