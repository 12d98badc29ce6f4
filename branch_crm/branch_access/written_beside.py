"""What ERPNext saves for the sake of another document: tasks that wait for the one that is saved, events with a lead that
an opportunity is made of. In those that are not the user's to change it is left undone; his own is saved all the same."""

from frappe.model.document import Document


def is_written_beside(doc: Document) -> bool:
	"""Whether ERPNext has changed the stored document because of the one that the user saves."""
	if doc.doctype == "Task":
		return bool(doc.flags.ignore_recursion_check)
	return doc.doctype == "Event" and _is_joined(doc)


def _is_joined(event: Document) -> bool:
	"""Whether what has just been made takes part in it."""
	*known, last = event.event_participants or [None]
	is_new = bool(last) and last.is_new() and last.reference_doctype in ("Opportunity", "Prospect")
	return is_new and not any(row.is_new() for row in known)
