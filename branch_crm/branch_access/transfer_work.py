"""What a transfer does to one party, as the session's user and by saving it, so that everything that is asked of
whoever changes it by hand is asked here; and what it says about it."""

from collections import Counter
from collections.abc import Iterable

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, strip_html

from branch_crm.branch_access import (
	queries,
	responsibility_queries,
	transfer_queries,
	transfer_rights,
	transfer_rules,
)
from branch_crm.branch_access.assignment_rules import Assignment
from branch_crm.branch_access.transfer_queries import ENTRY, TRANSFER
from branch_crm.branch_access.transfer_rules import Refusal, Untouched

_CHUNK = 1000


class Work:
	"""A transfer with what is asked for every party; what it found stands for as long as it lives."""

	def __init__(self, doc: Document) -> None:
		self.doc = doc
		self.today = getdate()
		self.transfer = transfer_queries.transfer_from(doc)
		self.scope = transfer_rights.transfer_scope(frappe.session.user, doc.party_type)
		self.team = responsibility_queries.teams(doc.party_type, self.today).get(doc.branch, set())
		self.works_in = queries.working_scope_in_force(frappe.session.user, doc.party_type)
		self.required = queries.required_owners()

	def transferred(self, rows: dict[str, Assignment]) -> dict[str, Assignment] | Untouched:
		return transfer_rules.transferred(rows, self.transfer, self.today, self.scope, self.team)

	def expected(self, rows: dict[str, Assignment]) -> str:
		"""Why nothing would happen to a party with these rows; "" where it would be changed."""
		new = self.transferred(rows)
		if isinstance(new, Untouched):
			return in_words(self.doc, new)
		if rows and not any(
			row.is_active_on(self.today) and self.works_in.reaches(row.branch) for row in rows.values()
		):
			return _not_permitted(self.doc.party_type)
		refusal = transfer_rules.refusal_of(rows, new, self.required, self.today)
		return in_words(self.doc, refusal) if refusal else ""


def counted(doc: Document) -> dict:
	"""What the transfer would do: `changed`, a number, and `not_changed`, a number by sentence."""
	work = Work(doc)
	names = transfer_queries.parties_of(doc)
	reasons: Counter[str] = Counter()
	for start in range(0, len(names), _CHUNK):
		for rows in queries.assignments_of(doc.party_type, names[start : start + _CHUNK]).values():
			reasons[work.expected(rows)] += 1
	return {"changed": reasons.pop("", 0), "not_changed": dict(reasons)}


def list_parties(doc: Document) -> int:
	"""Write the log of a transfer with all that it means, nothing done yet; returns how many."""
	names = transfer_queries.parties_of(doc)
	now, user = frappe.utils.now(), frappe.session.user
	columns = ("name", "creation", "modified", "owner", "modified_by", "docstatus", "idx")
	columns += ("transfer", "party_type", "party", "state")
	values = (
		(
			*(frappe.generate_hash(length=16), now, now, user, user, 0, number),
			*(doc.name, doc.party_type, name, "Pending"),
		)
		for number, name in enumerate(names, 1)
	)
	if names:
		frappe.db.bulk_insert(ENTRY, columns, values)
	return len(names)


def move(work: Work, entry: dict) -> None:
	"""Transfer one party and log it; what it does not concern gets a sentence instead."""
	party, rows = _opened(entry)
	new = work.transferred(rows)
	if isinstance(new, Untouched):
		note(entry, "Not Concerned", in_words(work.doc, new))
		return
	after = _saved(work, party, new)
	texts = map(transfer_queries.rows_to_text, (rows, after))
	note(entry, "Done", None, **dict(zip(("rows_before", "rows_after"), texts, strict=True)))


def take_back(work: Work, entry: dict) -> None:
	"""Give one party the rows that it had, where they still are what the transfer left."""
	party, rows = _opened(entry)
	before, after = (
		transfer_queries.rows_from_text(entry[column]) for column in ("rows_before", "rows_after")
	)
	old = transfer_rules.restored(rows, before, after)
	if old is None:
		note(entry, "Left", _("Somebody has changed the branches since."))
		return
	_saved(work, party, old)
	note(entry, "Undone", None)


def note(entry: dict, state: str, text: str | None, **values) -> None:
	frappe.db.set_value(ENTRY, entry["name"], {"state": state, "note": text, **values})


def figures(transfer: str) -> dict[str, int]:
	"""The numbers that the form shows, from the log."""
	states = transfer_queries.number_in_state(transfer)
	done = states.get("Done", 0) + states.get("Undone", 0) + states.get("Left", 0)
	return {
		"changed": done,
		"not_changed": states.get("Not Concerned", 0) + states.get("Failed", 0),
		"undone": states.get("Undone", 0),
		"left_alone": states.get("Left", 0),
	}


def in_words(doc: Document, reason: Untouched | Refusal) -> str:
	"""A sentence on a party that stays as it is."""
	sentences = {
		Untouched.IN_BRANCH: _("Belongs to {branch} already."),
		Untouched.NOT_IN_BRANCH: _("Does not belong to {from_branch}."),
		Untouched.SAME_OWNER: _("Has these owners already."),
		Untouched.OTHER_OWNER: _("{from_user} is not the owner."),
		Refusal.OWNER_MISSING: _("An owner is required, and the transfer names none."),
		Refusal.UNSOUND: _("The dates of its branches do not allow it."),
	}
	return sentences[reason].format(
		branch=doc.branch, from_branch=doc.from_branch or doc.branch, from_user=doc.from_user
	)


def sentence_of(error: Exception, party_type: str) -> str:
	"""What an error says to people; one that nobody foresaw goes to the error log."""
	if not isinstance(error, frappe.ValidationError | frappe.PermissionError):
		frappe.log_error(title=_(TRANSFER))
		return _("This did not work. The error log says why.")
	if isinstance(error, frappe.DoesNotExistError):
		return _("This {0} does not exist any more.").format(_(party_type))
	said = error.args[0] if error.args else ""
	text = " ".join(map(str, said)) if isinstance(said, Iterable) and not isinstance(said, str) else str(said)
	return strip_html(text) or _not_permitted(party_type)


def _not_permitted(party_type: str) -> str:
	return _("Whoever asked for the transfer may not change this {0}.").format(_(party_type))


def _opened(entry: dict) -> tuple[Document, dict[str, Assignment]]:
	party = frappe.get_doc(entry["party_type"], entry["party"], for_update=True)
	party.check_permission("write")
	return party, queries.assignments_by_row(party.doctype, party.name)


def _saved(work: Work, party: Document, rows: dict[str, Assignment]) -> dict[str, Assignment]:
	stored = {row.name: row for row in party.branches}
	for name, row in stored.items():
		if name in rows:
			row.update(vars(rows[name]))
		else:
			party.remove(row)
	for name in rows.keys() - stored.keys():
		party.append("branches", vars(rows[name]))
	party.flags.branch_transfer = work.doc.name
	party.save()
	return queries.assignments_by_row(party.doctype, party.name)
