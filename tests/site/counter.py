"""What is asked of the CASH customer, in one line each."""

from collections.abc import Iterator
from contextlib import contextmanager

import frappe
import pytest
from frappe.model.document import Document
from frappe.utils import nowdate

from branch_crm.customer_master import cash_queries
from branch_crm.customer_master.cash_sale_events import CashCreditError
from tests.site import documents

COMPANY = documents.COMPANY


@pytest.fixture
def cash() -> str:
	documents.make_item()
	return cash_queries.cash_customer()


def receivable() -> str:
	return frappe.get_cached_value("Company", COMPANY, "default_receivable_account")


def received(customer: str, amount: float, payment_type: str = "Receive", **values) -> Document:
	"""Money of a customer, not for any document."""
	accounts = (receivable(), documents.account("Cash"))
	paid_from, paid_to = accounts if payment_type == "Receive" else reversed(accounts)
	payment = {"doctype": "Payment Entry", "payment_type": payment_type, "company": COMPANY}
	payment |= {"party_type": "Customer", "party": customer, "mode_of_payment": "Cash"}
	payment |= {"paid_from": paid_from, "paid_to": paid_to, "posting_date": nowdate()}
	payment |= {"paid_amount": amount, "received_amount": amount, "reference_no": "1", **values}
	return frappe.get_doc({**payment, "reference_date": nowdate()}).insert()


def unpaid(customer: str, **values) -> Document:
	return documents.sales("Sales Invoice", customer, submit=False, **values)


@contextmanager
def refused(match: str) -> Iterator[None]:
	"""What was refused is rolled back, as at the end of a request."""
	frappe.db.savepoint("refused")
	with pytest.raises(CashCreditError, match=match):
		yield
	frappe.db.rollback(save_point="refused")
