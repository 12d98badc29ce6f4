"""Invoices settled net beside ERPNext's Payment Reconciliation and one journal made by hand, in one run. Prints; asserts
nothing about time."""

import os
import time
from collections.abc import Callable

import frappe
import pytest
from frappe.model.document import Document
from frappe.utils import nowdate

from branch_crm.demo.records import COMPANY
from branch_crm.party_netting import settlement_jobs
from tests.site import documents, netting

SIZES = [int(size) for size in (os.environ.get("BRANCH_CRM_SETTLED") or "10,100,300,1000").split(",")]
# beyond this many it does not end
RECONCILED = 300
EACH = 10


def _seconds(act: Callable[[], object]) -> float:
	began = time.perf_counter()
	act()
	frappe.db.commit()
	return time.perf_counter() - began


def _made(size: int) -> tuple[str, list[Document], Document]:
	party = netting.pair(f"Zq Bench {size} {frappe.generate_hash(length=4)}")
	sales = [netting.sold(EACH, party, disable_rounded_total=1) for _ in range(size)]
	purchase = netting.bought(EACH * size, party, disable_rounded_total=1)
	frappe.db.commit()
	return party, sales, purchase


def _settled(agreement: Document) -> tuple[float, float]:
	"""Seconds to settle, and to take it back."""

	def settle() -> None:
		settlement = netting.proposed(agreement)
		settlement.submit()
		frappe.db.commit()
		settlement_jobs.go_on(settlement.name)

	def take_back() -> None:
		settlement = frappe.get_last_doc("Netting Settlement", {"agreement": agreement.name})
		settlement.cancel()
		frappe.db.commit()
		settlement_jobs.go_on(settlement.name)

	return _seconds(settle), _seconds(take_back)


def _by_hand(party: str, sales: list[Document], purchase: Document) -> tuple[float, float]:
	rows = [
		{
			"account": sale.debit_to,
			"party_type": "Customer",
			"party": party,
			"credit_in_account_currency": EACH,
			"reference_type": "Sales Invoice",
			"reference_name": sale.name,
		}
		for sale in sales
	]
	rows.append(
		{
			"account": purchase.credit_to,
			"party_type": "Supplier",
			"party": party,
			"debit_in_account_currency": EACH * len(sales),
			"reference_type": "Purchase Invoice",
			"reference_name": purchase.name,
		}
	)
	made: list[Document] = []

	def settle() -> None:
		made.append(documents.journal(*rows))
		# not in a job, to be measured
		made[0]._submit()

	settled = _seconds(settle)
	return settled, _seconds(made[0]._cancel)


def _reconciled(party: str, sales: list[Document], purchase: Document) -> float:
	amount = EACH * len(sales)
	owed = {"account": sales[0].debit_to, "party_type": "Customer", "party": party}
	owing = {"account": purchase.credit_to, "party_type": "Supplier", "party": party}

	def settle() -> None:
		documents.journal(
			{**owed, "credit_in_account_currency": amount, "is_advance": "Yes"},
			{**owing, "debit_in_account_currency": amount, "is_advance": "Yes"},
		).submit()
		for side in (owed, owing):
			tool = frappe.new_doc("Payment Reconciliation")
			tool.update({"company": COMPANY, "party_type": side["party_type"], "party": party})
			tool.update({"receivable_payable_account": side["account"], "from_invoice_date": nowdate()})
			tool.update({"invoice_limit": 5000, "payment_limit": 5000, "from_invoice_date": None})
			tool.get_unreconciled_entries()
			chosen = {"invoices": [row.as_dict() for row in tool.invoices]}
			chosen["payments"] = [row.as_dict() for row in tool.payments]
			tool.allocate_entries(frappe._dict(chosen))
			tool.reconcile()

	return _seconds(settle)


@pytest.mark.parametrize("size", SIZES)
def test_settling_beside_stock(size: int) -> None:
	party, sales, purchase = _made(size)
	agreement = netting.agree(party)
	ours, taken_back = _settled(agreement)
	by_hand, cancelled = _by_hand(party, sales, purchase)
	print(f"\n{size} invoices: settled {ours:.2f} s ({ours / size:.4f} each), taken back {taken_back:.2f} s")
	print(
		f"  one journal by hand {by_hand:.2f} s, cancelled {cancelled:.2f} s: ours {ours / by_hand:.2f} of it"
	)
	if size <= RECONCILED:
		stock = _reconciled(party, sales, purchase)
		print(f"  Payment Reconciliation {stock:.2f} s: ours {ours / stock:.2f} of it")
	assert all(value == 0 for value in netting.outstanding(*sales)) or size > RECONCILED
