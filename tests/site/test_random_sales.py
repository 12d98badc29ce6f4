"""Random sequences of real documents: what is kept of a customer is what ERPNext's own tables say, after every step."""

from collections.abc import Callable

import frappe
from erpnext.accounts.doctype.repost_payment_ledger.repost_payment_ledger import start_payment_ledger_repost
from erpnext.controllers.accounts_controller import update_child_qty_rate
from erpnext.controllers.sales_and_purchase_return import make_return_doc
from erpnext.selling.doctype.sales_order.sales_order import update_status
from erpnext.stock.doctype.delivery_note import delivery_note
from frappe.model.document import Document
from frappe.utils import nowdate
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from branch_crm.credit_control import exposure_work, recount_work
from branch_crm.demo.records import COMPANY
from tests.site import credit, documents
from tests.site.company import make_tree
from tests.site.credit import BUYER, in_ledger, not_billed, of_order, reconcile, unreconcile
from tests.site.documents import make_delivery_note, make_sales_invoice, make_sales_return
from tests.site.soaks import examples

BRANCHES = ("Delhi", "Agra", "Mumbai")
_ANY = st.integers(0, 5)
_QUANTITY = st.integers(1, 6)


class Sales(RuleBasedStateMachine):
	"""One customer of three branches, and all that happens to its documents."""

	def __init__(self) -> None:
		super().__init__()
		frappe.db.savepoint("sequence")
		make_tree()
		credit.buyer(*BRANCHES)
		credit.count()
		self.made: list[tuple[str, str]] = []

	def teardown(self) -> None:
		frappe.db.rollback(save_point="sequence")
		exposure_work.settle()
		frappe.clear_cache(user="Administrator")

	@rule(quantity=_QUANTITY, branch=st.sampled_from(BRANCHES))
	def order(self, quantity: int, branch: str) -> None:
		self._make(lambda: credit.ordered(quantity, 100, branch=branch))

	@rule(amount=st.integers(1, 900), branch=st.sampled_from(BRANCHES))
	def bill(self, amount: int, branch: str) -> None:
		self._make(lambda: credit.billed(amount, branch=branch))

	@rule(at=_ANY, quantity=_QUANTITY)
	def deliver(self, at: int, quantity: int) -> None:
		self._make_from("Sales Order", at, lambda order: of_order(order, make_delivery_note, quantity))

	@rule(at=_ANY, quantity=_QUANTITY)
	def bill_order(self, at: int, quantity: int) -> None:
		self._make_from("Sales Order", at, lambda order: of_order(order, make_sales_invoice, quantity))

	@rule(at=_ANY, quantity=_QUANTITY)
	def bill_delivery(self, at: int, quantity: int) -> None:
		maker = delivery_note.make_sales_invoice
		self._make_from("Delivery Note", at, lambda note: of_order(note, maker, quantity))

	@rule(at=_ANY, quantity=_QUANTITY)
	def take_back(self, at: int, quantity: int) -> None:
		def back(note: Document) -> Document:
			doc = make_return_doc("Delivery Note", note.name)
			for row in doc.items:
				row.qty = -quantity
			return doc.insert().submit()

		self._make_from("Delivery Note", at, back)

	@rule(at=_ANY, opens=st.integers(0, 1))
	def credit_note(self, at: int, opens: int) -> None:
		flags = {
			"update_billed_amount_in_sales_order": opens,
			"update_billed_amount_in_delivery_note": opens,
		}
		self._make_from("Sales Invoice", at, lambda invoice: of_order(invoice, make_sales_return, **flags))

	@rule(at=_ANY, amount=st.integers(1, 500), branch=st.sampled_from(BRANCHES))
	def pay(self, at: int, amount: int, branch: str) -> None:
		self._make_from("Sales Invoice", at, lambda invoice: credit.received(amount, invoice, branch=branch))

	@rule(amount=st.integers(1, 500), branch=st.sampled_from(BRANCHES))
	def pay_ahead(self, amount: int, branch: str) -> None:
		self._make(lambda: credit.received(amount, branch=branch))

	@rule(amount=st.integers(1, 500), is_owed=st.booleans(), branch=st.sampled_from(BRANCHES))
	def journal(self, amount: int, is_owed: bool, branch: str) -> None:
		sides = ("debit_in_account_currency", "credit_in_account_currency")
		owed, other = sides if is_owed else sides[::-1]
		party = {"party_type": "Customer", "party": BUYER, "account": documents.account("Receivable")}
		rows = ({**party, owed: amount}, {"account": documents.account("Cash"), other: amount})
		self._make(lambda: documents.journal(*({**row, "branch": branch} for row in rows)).submit())

	@rule(at=_ANY)
	def reconcile(self, at: int) -> None:
		self._with("Sales Invoice", at, reconcile)

	@rule(at=_ANY)
	def unreconcile(self, at: int) -> None:
		self._with("Payment Entry", at, unreconcile)

	@rule(at=_ANY, status=st.sampled_from(["Closed", "Draft"]))
	def close_or_open(self, at: int, status: str) -> None:
		self._with("Sales Order", at, lambda order: update_status(status, order.name))

	@rule(at=_ANY, quantity=st.integers(1, 12))
	def change_items(self, at: int, quantity: int) -> None:
		def change(order: Document) -> None:
			row = {"docname": order.items[0].name, "item_code": documents.ITEM, "qty": quantity, "rate": 110}
			update_child_qty_rate("Sales Order", frappe.as_json([row]), order.name)

		self._with("Sales Order", at, change)

	@rule(at=_ANY)
	def repost(self, at: int) -> None:
		def post_anew(doc: Document) -> None:
			voucher = {"voucher_type": doc.doctype, "voucher_no": doc.name}
			repost = {"doctype": "Repost Payment Ledger", "company": COMPANY, "posting_date": nowdate()}
			repost |= {"add_manually": 1, "repost_vouchers": [voucher]}
			start_payment_ledger_repost(frappe.get_doc(repost).insert().submit().name)

		self._with("Sales Invoice", at, post_anew)

	@rule(at=_ANY)
	def cancel(self, at: int) -> None:
		if self.made:
			doctype, name = self.made[at % len(self.made)]
			self._try(lambda: frappe.get_doc(doctype, name).cancel())

	@rule()
	def rename(self) -> None:
		for old, new in ((BUYER, "Zq Renamed"), ("Zq Renamed", BUYER)):
			frappe.rename_doc("Customer", old, new)

	@rule()
	def fold(self) -> None:
		exposure_work.settle()
		exposure_work.fold(COMPANY, BUYER)

	@invariant()
	def what_is_kept_is_what_documents_say(self) -> None:
		found = credit.contributed()
		committed = found.get("orders", 0) + found.get("deliveries", 0)
		assert round(committed, 2) == not_billed(), found
		assert round(found.get("receivable", 0) + found.get("advances", 0), 2) == in_ledger()
		assert not recount_work.recount(COMPANY, [BUYER])

	def _make(self, make: Callable[[], Document]) -> None:
		if doc := self._try(make):
			self.made.append((doc.doctype, doc.name))

	def _make_from(self, doctype: str, at: int, make: Callable[[Document], Document]) -> None:
		if doc := self._one(doctype, at):
			self._make(lambda: make(doc))

	def _with(self, doctype: str, at: int, act: Callable[[Document], object]) -> None:
		if doc := self._one(doctype, at):
			self._try(lambda: act(doc))

	def _one(self, doctype: str, at: int) -> Document | None:
		names = [name for kind, name in self.made if kind == doctype]
		doc = frappe.get_doc(doctype, names[at % len(names)]) if names else None
		return doc if doc and doc.docstatus == 1 and not doc.get("is_return") else None

	def _try(self, act: Callable[[], Document | None]) -> Document | None:
		"""What ERPNext refuses is left undone."""
		frappe.db.savepoint("step")
		try:
			return act()
		except frappe.ValidationError:
			frappe.db.rollback(save_point="step")
			return None


def test_whatever_happens_what_a_customer_owes_is_kept() -> None:
	run_state_machine_as_test(
		Sales,
		settings=settings(
			max_examples=examples(3),
			stateful_step_count=12,
			deadline=None,
			derandomize=True,
			suppress_health_check=list(HealthCheck),
		),
	)
