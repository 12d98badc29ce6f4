"""What an error says to people, where nobody sees it raised."""

from collections.abc import Iterable

import frappe
from frappe import _
from frappe.utils import strip_html

REFUSALS = (frappe.ValidationError, frappe.PermissionError, frappe.OutgoingEmailError)
BUSY = (frappe.QueryDeadlockError, frappe.QueryTimeoutError)


def sentence_of(error: Exception, title: str) -> str:
	"""The text of a refusal; an error that nobody foresaw goes to the error log under this title."""
	if isinstance(error, REFUSALS):
		said = error.args[0] if error.args else ""
		parts = said if isinstance(said, Iterable) and not isinstance(said, str) else [said]
		return strip_html(" ".join(map(str, parts))) or _("You may not do this.")
	frappe.log_error(title=title)
	return _("This did not work. The error log says why.")
