"""Who is whose other party: ERPNext's Party Link, and the fields on both forms that repeat it."""

import frappe

from branch_crm.party_netting.link_rules import MIRRORS

LINK = "Party Link"


def links_of(doctype: str, name: str) -> list[frappe._dict]:
	"""The Party Links that name a party on either side, the oldest first: `name`, and the `other` party."""
	sides = (("primary", "secondary"), ("secondary", "primary"))
	found = [
		link
		for own, other in sides
		for link in frappe.get_all(
			LINK,
			{
				f"{own}_role": doctype,
				f"{own}_party": name,
				f"{other}_role": MIRRORS[doctype].other,
			},
			["name", "creation", f"{other}_party as other"],
		)
	]
	return sorted(found, key=lambda link: (link.creation, link.name))


def other_party(doctype: str, name: str) -> str | None:
	"""The supplier that a customer also is, or the customer that a supplier also is."""
	found = _first(doctype, name)
	# ERPNext lets a party be linked with several
	return found if found and _first(MIRRORS[doctype].other, found) == name else None


def _first(doctype: str, name: str) -> str | None:
	return next((link.other for link in links_of(doctype, name)), None)


def parties_of(link: object) -> dict[str, str]:
	"""By DocType, the parties of a Party Link that makes a customer and a supplier one; else nothing."""
	parties = {link.primary_role: link.primary_party, link.secondary_role: link.secondary_party}
	return parties if parties.keys() == MIRRORS.keys() else {}


def mirror(doctype: str, name: str, update_modified: bool = True) -> None:
	"""Bring the fields of a party in line with its link. A form that was opened before would say otherwise, and be
	obeyed: so the party counts as changed."""
	fields, other = MIRRORS[doctype], other_party(doctype, name)
	said = {fields.tick: int(bool(other)), fields.field: other}
	stored = frappe.db.get_value(doctype, name, list(said), as_dict=True)
	if stored and stored != said:
		frappe.db.set_value(doctype, name, said, update_modified=update_modified)


def mirror_all() -> None:
	"""For links that were there before the fields."""
	roles = ("primary_role", "primary_party", "secondary_role", "secondary_party")
	for link in frappe.get_all(LINK, fields=roles):
		for doctype, name in parties_of(link).items():
			mirror(doctype, name, update_modified=False)
