"""What a settlement has settled is changed through the settlement alone."""

import frappe
import pytest

from branch_crm.demo.records import COMPANY
from branch_crm.party_netting.settled_events import SettledError
from tests.site import netting
from tests.site.netting import agree, outstanding, proposed


def test_one_of_its_journals_is_not_cancelled_by_hand() -> None:
	netting.rams_example()
	settlement = proposed(agree())
	settlement.submit()
	journal = frappe.get_doc("Journal Entry", settlement.journals[0].journal_entry)
	with pytest.raises(SettledError, match=settlement.name):
		journal.cancel()


def test_one_of_its_journals_is_not_unreconciled() -> None:
	sale, _purchase = netting.rams_example()
	settlement = proposed(agree())
	settlement.submit()
	doc = frappe.get_doc(
		{
			"doctype": "Unreconcile Payment",
			"company": COMPANY,
			"voucher_type": "Journal Entry",
			"voucher_no": settlement.journals[0].journal_entry,
		}
	)
	doc.add_references()
	with pytest.raises(SettledError, match=settlement.name):
		doc.insert().submit()
	assert outstanding(sale) == [42000]


def test_what_is_settled_is_not_cancelled_before_the_settlement() -> None:
	sale, purchase = netting.rams_example()
	settlement = proposed(agree())
	settlement.submit()
	for invoice in (sale, purchase):
		invoice.reload()
		with pytest.raises(SettledError, match=settlement.name):
			invoice.cancel()
	settlement.cancel()
	for invoice in (sale, purchase):
		invoice.reload()
		invoice.cancel()


def test_a_settlement_is_cancelled_once() -> None:
	netting.rams_example()
	settlement = proposed(agree())
	settlement.submit()
	settlement.cancel()
	with pytest.raises(frappe.ValidationError):
		frappe.get_doc("Netting Settlement", settlement.name).cancel()
