"""The record of what was refused, which stays although what was refused is undone, and of what is released of it, once."""

import frappe
from frappe.model.document import Document
from frappe.utils import get_datetime, getdate, now_datetime, strip_html_tags

from branch_crm.credit_control import hold_queries
from branch_crm.credit_control.hold_queries import EVENT, HOLD
from branch_crm.credit_control.hold_rules import Event, Status, after_refusal, key_of
from branch_crm.credit_control.release_rules import Content, fits
from branch_crm.credit_control.rules import ZERO, Action, Asked, Judgement, Rule

_REFUSED = ("customer", "company", "branch", "kind", "document_type", "amount", "adds", "fingerprint")
_REFUSED += ("is_blocked", "is_about_terms", "reasons", "refused_for", "made_by", "refused_on")
_DECIDED = ("requested_by", "requested_on", "request_note", "decided_by", "decided_on", "decision_reason")
_DECIDED += ("decision_note", "released_until")


def refusal_of(doc: Document, content: Content, asked: Asked, judgement: Judgement, reasons: str) -> dict:
	"""What is to be known of a refusal once the document that was refused is gone."""
	return {
		"customer": content.customer,
		"company": content.company,
		"branch": content.branch,
		"kind": content.kind,
		"document_type": doc.doctype,
		"document_name": doc.name,
		"created": str(get_datetime(doc.creation)),
		"amount": float(content.amount),
		"adds": float(asked.adds),
		"fingerprint": content.fingerprint,
		"attempt": frappe.generate_hash(length=20),
		"is_blocked": int(judgement.verdict is Action.BLOCK),
		"is_about_terms": int(any(finding.rule is Rule.PAYMENT_TERMS for finding in judgement.findings)),
		"reasons": strip_html_tags(reasons.replace("<br>", "\n")),
		"refused_for": frappe.session.user,
		"made_by": doc.owner,
		"refused_on": str(now_datetime()),
	}


def record(found: dict) -> str | None:
	"""Write down a refusal, once however often it is told. Returns the name of the Credit Hold; None where the customer was
	not there either before what was refused.

	Raises:
	        frappe.UniqueValidationError: another process is told of it as well, and was first.
	"""
	if not frappe.db.exists("Customer", found["customer"]):
		return None
	return frappe.db.get_value(EVENT, {"attempt": found["attempt"]}, "hold") or _record(found)


def use(doc: Document, content: Content) -> str | None:
	"""The name of the Credit Hold by which this is released; from now on that release is used, or so much of it. Nobody uses
	what he has released himself."""
	for name, release in hold_queries.released(content.customer, content.company, but=frappe.session.user):
		if fits(release, content, getdate()):
			hold = frappe.get_doc(HOLD, name, for_update=True)
			used = release.used + max(content.amount, ZERO)
			is_over = bool(release.fingerprint) or used >= release.amount
			ended = {"status": Status.USED.value, "hold_key": None} if is_over else {}
			write(hold, {"used_amount": float(used), **ended})
			of_sale = {"document_type": doc.doctype, "document_name": doc.name, "branch": content.branch}
			tell(hold, Event.USED, amount=float(content.amount), **of_sale)
			return name
	return None


def write(hold: Document, values: dict) -> Document:
	hold.update(values)
	hold.flags.by_room = True
	# what was refused may be deleted
	hold.flags.ignore_links = True
	# whoever sells may not write it by himself
	return hold.save(ignore_permissions=True)


def tell(hold: Document, event: Event, **values) -> None:
	"""One more Credit Event of a hold, by the session's user if no other is given."""
	doc = frappe.new_doc(EVENT)
	doc.update({field: hold.get(field) for field in ("customer", "company", "branch", "document_type")})
	doc.update({"hold": hold.name, "document_name": hold.document_name, "event": event.value})
	doc.update({"done_by": frappe.session.user, "done_on": now_datetime(), "amount": hold.amount, **values})
	doc.flags.by_room = True
	doc.flags.ignore_links = True
	# nobody may write it by himself
	doc.insert(ignore_permissions=True)


def _record(found: dict) -> str:
	creation = frappe.db.get_value(found["document_type"], found["document_name"], "creation")
	is_stored = bool(creation) and str(get_datetime(creation)) == found["created"]
	values = {field: found[field] for field in _REFUSED}
	values["document_name"] = found["document_name"] if is_stored else None
	of_content = (found["customer"], found["company"], found["document_type"], found["fingerprint"])
	key = (
		hold_queries.key_of_document(found["document_type"], found["document_name"], creation)
		if is_stored
		else key_of(*of_content)
	)
	hold = _refused_again(key, values) or write(frappe.new_doc(HOLD), {**values, "hold_key": key})
	said = {"attempt": found["attempt"], "said": found["reasons"], "done_on": found["refused_on"]}
	tell(hold, Event.REFUSED, done_by=found["refused_for"], **said)
	return hold.name


def _refused_again(key: str, values: dict) -> Document | None:
	name = frappe.db.get_value(HOLD, {"hold_key": key})
	if not name:
		return None
	hold = frappe.get_doc(HOLD, name, for_update=True)
	status = after_refusal(Status(hold.status), hold.fingerprint == values["fingerprint"])
	if status is None:
		write(hold, {"hold_key": None})
		return None
	forgotten = dict.fromkeys(_DECIDED) if status is Status.OPEN else {}
	return write(hold, {**values, **forgotten, "status": status.value, "times": hold.times + 1})
