"""Settlements of more than a hundred rows, and several at once: with real processes, which are really killed
and see only what is committed."""

import subprocess
import sys
from collections.abc import Callable, Iterator

import frappe
import pytest
from frappe.model.document import Document
from frappe.utils import nowdate

from branch_crm.party_netting import settlement_jobs
from branch_crm.party_netting.settled_events import SettledError
from tests.site import netting
from tests.site.commands import SITE
from tests.site.company import join_team, make_branch, make_user, switch_on
from tests.site.documents import get_payment_entry, make_sales_return
from tests.site.http_requests import call
from tests.site.netting import RAM, agree, bought, outstanding, proposed, sold
from tests.site.netting_processes import SETTLEMENT, begin, let_go, stored

# rows of a journal and one more, so that it takes two
SALES = 100


@pytest.fixture
def long(taken_away: None) -> Iterator[tuple[Document, list[Document]]]:
	"""A settlement of 101 rows that is claimed and not yet posted, with its invoices; the last one is the largest."""
	netting.pair()
	invoices = [sold(10, disable_rounded_total=1) for _ in range(SALES - 1)]
	invoices.append(sold(20, disable_rounded_total=1))
	invoices.append(bought(10 * SALES + 10, disable_rounded_total=1))
	settlement = proposed(agree(settlement_order="Smallest First"))
	assert len(settlement.receivables) == SALES
	settlement.submit()
	frappe.db.commit()
	settlement.reload()
	yield settlement, invoices


def _journals(*docstatus: int) -> list[str]:
	filters = {"docstatus": ["in", docstatus], "cheque_no": ["like", "NETS-%"]}
	return frappe.get_all("Journal Entry", filters, pluck="name")


_COUNT = """
import sys
import frappe

frappe.init(sys.argv[1])
frappe.connect()
print(frappe.db.count("Journal Entry", {"docstatus": sys.argv[2], "cheque_no": ["like", "NETS-%"]}))
"""


def _wait_for_journal(docstatus: int) -> None:
	"""Until another process has committed one; this one keeps its transaction, and the lock before which that one stands."""
	command = [sys.executable, "-c", _COUNT, SITE, str(docstatus)]
	for _attempt in range(300):
		if int(subprocess.run(command, capture_output=True, text=True, check=True).stdout):
			return
	raise AssertionError("no journal came")


def test_it_is_claimed_first_and_posted_by_the_job(long: tuple) -> None:
	settlement, invoices = long
	assert (settlement.status, len(settlement.journals)) == ("Settling", 2)
	assert [row.journal_entry for row in settlement.journals] == [None, None]
	settlement_jobs.go_on(settlement.name)
	settlement = stored(settlement)
	assert settlement.status == "Settled"
	assert outstanding(*invoices) == [0] * len(invoices)
	assert len(_journals(1)) == 2
	assert all(frappe.db.count("Journal Entry Account", {"parent": name}) <= 100 for name in _journals(1))
	# once more changes nothing
	settlement_jobs.go_on(settlement.name)
	settlement_jobs.resume()
	assert len(_journals(0, 1, 2)) == 2


def test_what_is_claimed_is_paid_by_nobody_and_settled_by_nobody_else(long: tuple) -> None:
	_settlement, invoices = long
	payment = get_payment_entry("Sales Invoice", invoices[0].name)
	payment.update({"reference_no": "1", "reference_date": payment.posting_date})
	with pytest.raises(SettledError, match="being settled"):
		payment.insert().submit()
	frappe.db.rollback()
	with pytest.raises(frappe.ValidationError, match="Another settlement is at work"):
		proposed(frappe.get_last_doc("Netting Agreement", {"customer": RAM}))


def test_a_worker_killed_between_two_journals_is_followed_by_another(long: tuple) -> None:
	settlement, invoices = long
	worker = begin(settlement.name)
	# the second journal waits for this
	frappe.db.sql("select name from `tabSales Invoice` where name = %s for update", invoices[SALES - 1].name)
	let_go(worker)
	_wait_for_journal(1)
	worker.kill()
	worker.wait()
	frappe.db.rollback()
	killed = stored(settlement)
	assert killed.status == "Settling"
	assert [bool(row.journal_entry) for row in killed.journals] == [True, False]
	assert outstanding(invoices[SALES - 1]) == [20]
	settlement_jobs.resume()
	settlement = stored(settlement)
	assert settlement.status == "Settled"
	assert settlement.journals[0].journal_entry == killed.journals[0].journal_entry
	assert outstanding(*invoices) == [0] * len(invoices)
	assert len(_journals(0, 1, 2)) == 2
	assert netting.ledger_of() == {"Customer": 0, "Supplier": 0}


def test_two_workers_post_each_journal_once(long: tuple) -> None:
	settlement, invoices = long
	workers = [begin(settlement.name) for _ in range(2)]
	for worker in workers:
		let_go(worker)
	assert {worker.stdout.readline() for worker in workers} == {"done\n"}
	for worker in workers:
		worker.wait()
	assert stored(settlement).status == "Settled"
	assert outstanding(*invoices) == [0] * len(invoices)
	assert len(_journals(0, 1, 2)) == 2


def test_what_cannot_be_settled_wholly_is_taken_back(long: tuple) -> None:
	settlement, invoices = long
	payment = get_payment_entry("Sales Invoice", invoices[SALES - 1].name)
	payment.update({"reference_no": "1", "reference_date": payment.posting_date})
	# by a way that tells nobody
	payment.flags.netting_settlement = settlement.name
	payment.insert().submit()
	frappe.db.commit()
	settlement_jobs.go_on(settlement.name)
	settlement = stored(settlement)
	assert settlement.status == "Cancelled"
	assert "Less is outstanding now" in settlement.error
	assert outstanding(*invoices[: SALES - 1]) == [10] * (SALES - 1)
	assert (len(_journals(1)), len(_journals(2))) == (0, 1)


def test_a_long_one_is_cancelled_in_the_background_and_wholly(long: tuple) -> None:
	settlement, invoices = long
	settlement_jobs.go_on(settlement.name)
	settlement = stored(settlement)
	settlement.cancel()
	frappe.db.commit()
	assert stored(settlement).status == "Cancelling"
	worker = begin(settlement.name)
	frappe.db.sql("select name from `tabSales Invoice` where name = %s for update", invoices[SALES - 1].name)
	let_go(worker)
	_wait_for_journal(2)
	worker.kill()
	worker.wait()
	frappe.db.rollback()
	assert stored(settlement).status == "Cancelling"
	settlement_jobs.resume()
	settlement = stored(settlement)
	assert (settlement.status, settlement.docstatus) == ("Cancelled", 2)
	with pytest.raises(frappe.ValidationError):
		settlement.cancel()
	assert stored(settlement).status == "Cancelled"
	assert outstanding(*invoices) == [10] * (SALES - 1) + [20, 10 * SALES + 10]
	assert (len(_journals(1)), len(_journals(2))) == (0, 2)


def test_a_viewer_does_not_begin_to_take_it_back(long: tuple) -> None:
	settlement, _invoices = long
	settlement_jobs.go_on(settlement.name)
	make_branch("Zq Delhi")
	branch = {"branch": "Zq Delhi", "is_primary": 1}
	for party in (frappe.get_doc(doctype, RAM) for doctype in ("Customer", "Supplier")):
		party.append("branches", branch)
		party.save()
	for doctype, name in {
		(row.voucher_type, row.voucher_no) for row in (*settlement.receivables, *settlement.payables)
	}:
		frappe.db.set_value(doctype, name, "branch", "Zq Delhi")
	for journal in _journals(1):
		frappe.db.set_value("Journal Entry Account", {"parent": journal}, "branch", "Zq Delhi")
	viewer = make_user("zq-viewer", roles=netting.ACCOUNTS)
	join_team(viewer, "Zq Delhi", "Viewer")
	switch_on()
	asked = {"doctype": SETTLEMENT, "name": settlement.name}
	assert call(viewer, "frappe.client.get", **asked).status == 200
	assert call(viewer, "frappe.client.cancel", **asked).status == 403
	assert frappe.db.get_value(SETTLEMENT, settlement.name, "status") == "Settled"


@pytest.fixture
def closed() -> Iterator[Callable[[], None]]:
	"""The books are closed up to today, for everybody."""
	fields = ("acc_frozen_upto", "frozen_accounts_modifier")

	def say(values: dict) -> None:
		frappe.db.set_single_value("Accounts Settings", values)
		frappe.db.commit()

	yield lambda: say(dict(zip(fields, (nowdate(), "Auditor"), strict=True)))
	frappe.set_user("Administrator")
	frappe.db.rollback()
	say(dict.fromkeys(fields, ""))


def test_what_cannot_be_taken_back_stays_settled_and_says_why(
	long: tuple, closed: Callable[[], None]
) -> None:
	settlement, invoices = long
	settlement_jobs.go_on(settlement.name)
	person = make_user("zq-manager", roles=netting.ACCOUNTS)
	closed()
	frappe.set_user(person)
	stored(settlement).cancel()
	frappe.db.commit()
	settlement_jobs.go_on(settlement.name)
	settlement = stored(settlement)
	assert (settlement.status, settlement.docstatus) == ("Settled", 1)
	assert "frozen" in settlement.error.lower() or "not authorized" in settlement.error.lower()
	assert outstanding(*invoices) == [0] * len(invoices)


def test_a_credit_note_of_what_is_claimed_waits(long: tuple) -> None:
	_settlement, invoices = long
	with pytest.raises(SettledError, match="being settled"):
		make_sales_return(invoices[0].name).insert().submit()
