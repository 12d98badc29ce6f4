"""How the benchmarks measure, and the users that they measure as."""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import frappe

from branch_crm.branch_access import api, dimension, queries
from tests.bench import customers

SCOPES = {
	"tiny, old": [customers.TINY],
	"small": [customers.SMALL],
	"mean": [customers.MEAN],
	"large, recent": [customers.LARGE],
	"large, old": [customers.OLD],
	"two of mean size": [customers.MEAN, f"{customers.PREFIX} 1"],
	"region of four": [customers.MEAN, *(f"{customers.PREFIX} {number}" for number in (1, 2, 3))],
	"all by one root": [customers.ROOT],
	"none": [],
}


def median_ms(function: Callable[[], object], runs: int = 7) -> float:
	function()
	times = []
	for _ in range(runs):
		began = time.perf_counter()
		function()
		times.append((time.perf_counter() - began) * 1000)
	return statistics.median(times)


@contextmanager
def acting_as(user: str) -> Iterator[None]:
	frappe.set_user(user)
	try:
		yield
	finally:
		frappe.set_user("Administrator")


def make_user(name: str, branches: list[str], *roles: str) -> str:
	email = f"bench-{name}@branch-crm.example".replace(" ", "-").replace(",", "")
	frappe.delete_doc_if_exists("User", email, force=True)
	user = {"doctype": "User", "email": email, "first_name": name, "send_welcome_email": 0}
	frappe.get_doc({**user, "roles": [{"role": role} for role in ("Sales User", *roles)]}).insert()
	frappe.db.delete("User Permission", {"user": email})
	for branch in branches:
		frappe.get_doc(
			{"doctype": "User Permission", "user": email, "allow": "Branch", "for_value": branch}
		).insert()
	return email


def make_users() -> dict[str, str]:
	"""A user of each scope, and one of head office."""
	made = {name: make_user(name, branches) for name, branches in SCOPES.items()}
	return {**made, "head office": make_user("head office", [], "Branch Head Office")}


def remove_users(users: dict[str, str]) -> None:
	for user in users.values():
		frappe.db.delete("User Permission", {"user": user})
		frappe.delete_doc_if_exists("User", user, force=True)


@contextmanager
def without_app() -> Iterator[None]:
	"""Stock ERPNext: nothing of the app is called, and User Permissions act on the branches of documents."""
	installed = frappe.get_installed_apps()
	if queries.is_enforced():
		api.deactivate()
	dimension.let_frappe_decide()
	frappe.db.set_global("installed_apps", frappe.as_json([app for app in installed if app != "branch_crm"]))
	_take_effect()
	try:
		yield
	finally:
		frappe.db.set_global("installed_apps", frappe.as_json(installed))
		_take_effect()


def switch_on(unassigned: str = "Head Office") -> None:
	api.activate(dry_run=False, unassigned_visible_to=unassigned)
	_take_effect()


def _take_effect() -> None:
	frappe.db.commit()
	frappe.clear_cache()
	# what this process has kept of hooks and DocTypes
	for kept in ("doc_events_hooks", "permission_query_conditions"):
		if hasattr(frappe.local, kept):
			delattr(frappe.local, kept)
	frappe.local.request_cache.clear()
