"""To whom the statement of a settlement is sent."""

import frappe


def recipients(customer: str, supplier: str) -> list[str]:
	"""The primary mail addresses of their contacts, of those that the session's user may read."""
	links = [("Customer", customer), ("Supplier", supplier)]
	contacts = {
		name
		for doctype, party in links
		for name in frappe.get_all(
			"Dynamic Link",
			{"parenttype": "Contact", "link_doctype": doctype, "link_name": party},
			pluck="parent",
		)
	}
	named = {"name": ["in", sorted(contacts) or [""]], "email_id": ["is", "set"]}
	return sorted(set(frappe.get_list("Contact", named, pluck="email_id")))
