"""Several people settle at the same moment: real processes on real connections, which see only what
is committed."""

import frappe

from tests.site import netting
from tests.site.netting import agree, bought, outstanding, proposed, sold
from tests.site.netting_processes import SETTLEMENT, begin, let_go, stored


def test_of_two_that_settle_the_same_at_once_one_passes(taken_away: None) -> None:
	sale, purchase = netting.rams_example()
	agreement = agree()
	for _round in range(5):
		drafts = [proposed(agreement).name for _ in range(2)]
		frappe.db.commit()
		people = [begin(name, "submit") for name in drafts]
		for person in people:
			let_go(person)
		said = sorted(person.stdout.readline().strip() for person in people)
		for person in people:
			person.wait()
		assert said == ["OutstandingChangedError", "done"]
		frappe.db.rollback()
		assert outstanding(sale, purchase) == [42000, 0]
		for name in drafts:
			draft = frappe.get_doc(SETTLEMENT, name)
			if draft.docstatus:
				draft.cancel()
		frappe.db.commit()
		assert outstanding(sale, purchase) == [124000, 82000]


def test_who_settles_by_the_same_agreement_at_the_same_moment_looks_again(taken_away: None) -> None:
	netting.pair()
	first, second = [(sold(amount), bought(amount)) for amount in (100, 200)]
	agreement = agree()
	drafts = [proposed(agreement) for _ in range(2)]
	for draft, (sale, purchase) in zip(drafts, (first, second), strict=True):
		draft.receivables = [row for row in draft.receivables if row.voucher_no == sale.name]
		draft.payables = [row for row in draft.payables if row.voucher_no == purchase.name]
		draft.save()
	frappe.db.commit()
	late = begin(drafts[1].name, "submit")
	drafts[0].submit()
	frappe.db.commit()
	let_go(late)
	assert late.stdout.readline() == "OutstandingChangedError\n"
	late.wait()
	frappe.db.rollback()
	stored(drafts[1]).submit()
	frappe.db.commit()
	assert outstanding(*first, *second) == [0, 0, 0, 0]
