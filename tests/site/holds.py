"""What was refused for credit, made in one line."""

import frappe
import pytest
from frappe.model.document import Document

from branch_crm.credit_control import hold_jobs, release_work
from branch_crm.credit_control.hold_queries import EVENT, HOLD
from branch_crm.credit_control.judge_events import CreditRefusedError
from branch_crm.party_netting.queries import exact
from tests.site import credit, documents
from tests.site.company import as_user, make_tree, make_user, switch_on
from tests.site.credit import buyer, ordered, profile

SELLERS = ("Sales User", "Sales Manager", "Accounts User")
CONTROLLERS = (*SELLERS, "Accounts Manager")


class Refusals:
	"""What would be recorded after the rollback, and by the job, of what is refused in a transaction that goes on."""

	def __init__(self, patched: pytest.MonkeyPatch) -> None:
		self.found: list[dict] = []
		self.told: list[tuple[str, dict]] = []
		patched.setattr(frappe, "enqueue", self._enqueue)
		# a test's own transaction is not ended
		patched.setattr(frappe.db, "commit", lambda: None)

	def _enqueue(self, method: str, **arguments) -> None:
		if "found" in arguments:
			self.found.append(arguments["found"])
		else:
			self.told.append((method, arguments))

	def of(self, doc: Document) -> Document:
		"""The Credit Hold of a document whose submission is refused now."""
		self.attempt(doc)
		return frappe.get_doc(HOLD, hold_jobs.record(self.found[-1]))

	def attempt(self, doc: Document) -> None:
		frappe.db.savepoint("asked")
		with pytest.raises(CreditRefusedError):
			doc.reload().submit()
		frappe.db.rollback(save_point="asked")

	def announced(self, event: str) -> list[dict]:
		return [arguments for _method, arguments in self.told if arguments.get("happened") == event]


def released(
	hold: Document, amount: float | None = None, reason: str = "Payment Promised", **values
) -> Document:
	values = {"note": "", "until": None, "for_all": False, **values}
	release_work.release(release_work.locked(hold.name), exact(amount or hold.amount), reason, **values)
	return hold.reload()


def make_company() -> None:
	"""Branches, an item, and a buyer of Delhi and Agra who may owe a thousand."""
	make_tree()
	documents.make_item()
	buyer("Delhi", "Agra")
	credit.judge()
	profile(credit_limit=1000)


def make_people() -> tuple[str, str]:
	"""Who sells in Delhi, and who controls credit there."""
	people = make_user("seller", "Delhi", roles=SELLERS), make_user("controller", "Delhi", roles=CONTROLLERS)
	switch_on()
	return people


def seller() -> str:
	"""Somebody else than who releases in most tests."""
	return frappe.db.exists("User", "other@branch-crm.example") or make_user("other", roles=CONTROLLERS)


def draft(quantity: float = 15) -> Document:
	return ordered(quantity, submit=False, branch="Delhi")


def held(refusals: Refusals, quantity: float = 15) -> tuple[Document, Document]:
	"""An order of somebody else's, and what is recorded of its refusal."""
	with as_user(seller()):
		order = draft(quantity)
		return order, refusals.of(order)


def events(hold: Document) -> list[str]:
	return frappe.get_all(EVENT, {"hold": hold.name}, pluck="event", order_by="creation, name")
