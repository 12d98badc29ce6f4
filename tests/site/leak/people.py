"""People of every kind, and the second app, in a site that has both sides."""

import json

import frappe

from branch_crm.demo.records import COMPANY
from tests.site.company import join_team, make_user
from tests.site.leak import desk_furniture, world
from tests.site.leak.furniture import SISTER
from tests.site.leak.world import OWN, Side

SECOND_APP = "says_yes"
# to whom an order of the own side is assigned
_ASSIGNED = ("head", "one", "parent", "pair")
# roles that are no boundary, or make of a person something else
_NOT_GIVEN = {"Administrator", "All", "Guest", "Desk User", "Branch Head Office", "System Manager"}
_NOT_GIVEN |= {"Customer", "Supplier", "Script Manager", "Dashboard Manager", "Workspace Manager"}


def committed() -> tuple[tuple[Side, Side], dict[str, str]]:
	"""Both sides, and by the kind of person the token; kept in the database, and a second app installed."""
	sides = world.make()
	users = people()
	give_portal(users["portal"], sides[0])
	for person, user in users.items():
		desk_furniture.equip(user, sides[0].names["Sales Order"] if person in _ASSIGNED else None)
	keys = {person: _key(user) for person, user in users.items()}
	apps = [*json.loads(frappe.db.get_global("installed_apps")), SECOND_APP]
	frappe.db.set_global("installed_apps", json.dumps(apps))
	# the server that is asked reads it from other connections
	frappe.db.commit()
	return sides, keys


def _key(user: str) -> str:
	doc = frappe.get_doc("User", user)
	doc.api_key, doc.api_secret = frappe.generate_hash(length=15), frappe.generate_hash(length=15)
	secret = doc.api_secret
	doc.save()
	return f"{doc.api_key}:{secret}"


def user_of(person: str) -> str:
	return {"admin": "Administrator", "guest": "Guest"}.get(person, f"leak-{person}@branch-crm.example")


def people() -> dict[str, str]:
	"""By the kind of person, the user."""
	roles = tuple(set(frappe.get_all("Role", {"disabled": 0, "desk_access": 1}, pluck="name")) - _NOT_GIVEN)
	users = {
		"one": make_user("leak-one", OWN, roles=roles),
		"parent": make_user("leak-parent", "East", roles=roles),
		"pair": make_user("leak-pair", OWN, "Pune", roles=roles),
		"nobody": make_user("leak-nobody", roles=roles),
		"bare": make_user("leak-bare", OWN, roles=(_role_without_rights(),)),
		"viewer": make_user("leak-viewer", roles=roles),
		"head": make_user("leak-head", roles=(*roles, "Branch Head Office")),
		"admin": "Administrator",
	}
	join_team(users["viewer"], OWN, "Viewer")
	users["portal"] = make_user("leak-portal", roles=("Customer",))
	# a User Permission on another DocType makes Frappe ask for shared documents besides
	for company in (COMPANY, SISTER):
		restricted = {"doctype": "User Permission", "user": users["pair"], "allow": "Company"}
		frappe.get_doc({**restricted, "for_value": company}).insert()
	return users


def _role_without_rights() -> str:
	return frappe.get_doc({"doctype": "Role", "role_name": "Zq Bare", "desk_access": 1}).insert().name


def give_portal(user: str, side: Side) -> None:
	"""The portal user is a contact of the side's customer."""
	contact = frappe.get_doc("Contact", side.names["Contact"])
	contact.user = user
	contact.append("email_ids", {"email_id": user, "is_primary": 1})
	contact.save()
