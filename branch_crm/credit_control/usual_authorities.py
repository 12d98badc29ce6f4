"""Who grants credit on a new site: whoever keeps the accounts, until an administrator says otherwise."""

import frappe

from branch_crm.credit_control.profile_queries import SETTINGS

_ROLE = "Accounts Manager"


def insert_once() -> None:
	"""Before anybody has saved the settings; afterwards their rows are his."""
	if not frappe.db.get_singles_dict(SETTINGS):
		settings = frappe.get_doc(SETTINGS)
		settings.append("authorities", {"role": _ROLE})
		settings.save()
