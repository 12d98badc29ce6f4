"""The rows of a settlement: proposed by the planner, changed by people, judged whenever it is saved."""

from collections.abc import Iterator
from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import fmt_money, getdate

from branch_crm.party_netting import agreement_queries, agreement_work, queries, rules, settlement_rules
from branch_crm.party_netting.queries import exact
from branch_crm.party_netting.rules import Exclusion, Item, Key, Side
from branch_crm.party_netting.settlement_rules import Fault

# how many documents that are left out are named
_MOST_NAMED = 20
TABLES = {Side.RECEIVABLE: "receivables", Side.PAYABLE: "payables"}
_TAKEN_OVER = ("company", "customer", "supplier", "currency")


class SettlementError(frappe.ValidationError):
	pass


class NothingToSettleError(SettlementError):
	pass


class OutstandingChangedError(SettlementError):
	pass


def fill(doc: Document) -> None:
	"""Propose anew: the rows that the agreement's planner finds on the day of the settlement.

	Raises:
	        NothingToSettleError: says why.
	"""
	agreement = _take_over(doc)
	items, day = open_items(doc), getdate(doc.posting_date)
	plan = rules.plan(items, agreement_queries.terms_of(agreement), day)
	if not plan.rows:
		said = [_("There is nothing to settle."), *_reasons(items, plan, agreement, day)]
		frappe.throw(said, NothingToSettleError, title=_("Netting Settlement"), as_list=True)
	for side, table in TABLES.items():
		doc.set(table, [])
		for row in plan.rows:
			if row.item.side is side:
				doc.append(table, {**_said_of(row.item), "amount": float(row.amount)})
	if plan.excluded:
		frappe.msgprint(list(_left_out(plan)), title=_("Left Out"), as_list=True)


def judge(doc: Document) -> list[Item]:
	"""Refuse rows that the agreement does not allow, or whose documents have changed since they were proposed; returns
	what is open.

	On submission what others have committed meanwhile counts, and whoever else settles or pays these documents waits.

	Raises:
	        OutstandingChangedError: says which documents have changed, and how.
	        SettlementError: the rows are not possible.
	"""
	agreement = _take_over(doc)
	is_late = doc.docstatus == 1 and agreement_work.is_settled_meanwhile(agreement)
	items = open_items(doc)
	if doc.docstatus == 1:
		items = _locked(doc, items)
	_complete(doc, items)
	_refuse_changed(doc, items)
	if is_late:
		frappe.throw(
			_(
				"Somebody else has settled by the same agreement at this moment. Look at what is left, and repeat."
			),
			OutstandingChangedError,
			title=_("Outstanding Changed"),
		)
	asked = [(side, key_of(row), exact(row.amount)) for side, row in rows_of(doc)]
	terms, day = agreement_queries.terms_of(agreement), getdate(doc.posting_date)
	found = settlement_rules.faults(asked, items, terms, day)
	if found:
		_refuse([_in_words(fault, key, items, terms, day) for fault, key in found])
	doc.amount = float(rules.total(exact(row.amount) for row in doc.receivables))
	return items


def open_items(doc: Document) -> list[Item]:
	return queries.open_items(doc.customer, doc.supplier, doc.company)


def rows_of(doc: Document) -> Iterator[tuple[Side, Document]]:
	for side, table in TABLES.items():
		for row in doc.get(table):
			yield side, row


def key_of(row: Document) -> Key:
	return row.voucher_type, row.voucher_no, row.account


def _locked(doc: Document, items: list[Item]) -> list[Item]:
	"""The items with those of the rows as they are now: this transaction may have begun before others ended."""
	keys = {key_of(row) for _side, row in rows_of(doc)}
	own = queries.open_items(doc.customer, doc.supplier, doc.company, only=keys, for_update=True)
	return [item for item in items if item.key not in keys] + [item for item in own if item.key in keys]


def _take_over(doc: Document) -> Document:
	"""The parties, company and currency are the agreement's."""
	agreement = agreement_work.usable(doc.agreement, doc.posting_date)
	doc.update({field: agreement.get(field) for field in _TAKEN_OVER})
	for party in ("customer", "supplier"):
		frappe.get_doc(frappe.unscrub(party), doc.get(party)).check_permission()
	return agreement


def _complete(doc: Document, items: list[Item]) -> None:
	"""What a row says beside the document and the amount comes from the ledger; of one that was proposed, what was
	outstanding then stays."""
	before = doc.get_doc_before_save()
	proposed = {row.name: row for _side, row in rows_of(before)} if before else {}
	by_document: dict[tuple, list[Item]] = {}
	for item in items:
		by_document.setdefault((item.side, *item.key[:2]), []).append(item)
	for side, row in rows_of(doc):
		row.amount = float(exact(row.amount))
		stood = proposed.get(row.name)
		if stood and key_of(stood)[:2] == key_of(row)[:2]:
			row.update({"account": stood.account, "outstanding": stood.outstanding})
		elif stood:
			# somebody has put another document into the row
			stood, row.account = None, None
		of_document = by_document.get((side, *key_of(row)[:2]), ())
		open_ = next((item for item in of_document if row.account in (None, "", item.account)), None)
		if open_:
			said = _said_of(open_)
			if stood:
				said.pop("outstanding")
			row.update(said)


def _said_of(item: Item) -> dict:
	said = {"voucher_type": item.voucher_type, "voucher_no": item.voucher_no, "account": item.account}
	said |= {"branch": item.branch, "posting_date": item.posting_date, "due_date": item.due_date}
	return said | {"currency": item.currency, "outstanding": float(item.outstanding)}


def _refuse_changed(doc: Document, items: list[Item]) -> None:
	now = {item.key: item.outstanding for item in items}
	changed = [
		_("{0}: {1} was outstanding, now {2}.").format(
			frappe.bold(row.voucher_no),
			*(
				fmt_money(amount, currency=doc.currency)
				for amount in (row.outstanding, now.get(key_of(row), 0))
			),
		)
		for _side, row in rows_of(doc)
		if exact(row.outstanding) != now.get(key_of(row), 0)
	]
	if changed:
		frappe.throw(
			[_("The ledger has changed since this was proposed. Propose anew."), *changed],
			OutstandingChangedError,
			title=_("Outstanding Changed"),
			as_list=True,
		)


def _reasons(items: list[Item], plan: rules.Plan, agreement: Document, day: date) -> Iterator[str]:
	for side, sentence in {
		Side.RECEIVABLE: _("The customer owes nothing."),
		Side.PAYABLE: _("We owe the supplier nothing."),
	}.items():
		if not any(item.side is side and item.outstanding > 0 for item in items):
			yield sentence
	limit = rules.limit_of(items, agreement_queries.terms_of(agreement), day)
	if limit and not plan.rows:
		yield _("Both sides have {0} in common, which is less than the minimum of the agreement.").format(
			fmt_money(float(limit), currency=agreement.currency)
		)
	yield from _left_out(plan)


def _left_out(plan: rules.Plan) -> Iterator[str]:
	for item, reason in plan.excluded[:_MOST_NAMED]:
		yield f"{frappe.bold(item.voucher_no)}: {excluded_in_words(reason)}"
	if more := len(plan.excluded[_MOST_NAMED:]):
		yield _("{0} more documents are left out.").format(more)


def excluded_in_words(reason: Exclusion) -> str:
	return {
		Exclusion.KIND: _("No journal settles a document of this kind."),
		Exclusion.CURRENCY: _("It is in another currency than the agreement."),
		Exclusion.CREDIT: _("A credit note or an advance lowers what can be settled."),
		Exclusion.ADVANCE_ACCOUNT: _("It stands on an account for advances."),
		Exclusion.LATER: _("It is posted after the day of the settlement."),
		Exclusion.ON_HOLD: _("It is on hold."),
		Exclusion.DISPUTED: _("It is disputed."),
		Exclusion.NOT_YET_DUE: _("It is not yet due."),
		Exclusion.VOUCHER_TYPE: _("The agreement leaves out documents of this kind."),
		Exclusion.SEVERAL_BRANCHES: _("Its rows are of several branches."),
		Exclusion.BRANCH: _("The agreement leaves out its branch."),
		Exclusion.BEING_SETTLED: _("Another settlement is at work on it."),
	}[reason]


def _in_words(fault: Fault, key: Key | None, items: list[Item], terms: rules.Terms, day: date) -> str:
	sentences = {
		Fault.NOT_OPEN: _("{0} is not open, or not of these parties. Remove the row."),
		Fault.TWICE: _("{0} stands in two rows. Put the amounts into one."),
		Fault.NOT_POSITIVE: _("{0}: settle more than zero, or remove the row."),
		Fault.TOO_MUCH: _("{0}: more would be settled than is outstanding."),
		Fault.EXCLUDED: "{0}: {1}",
		Fault.UNEQUAL: _("Both sides have to settle the same amount. Change the rows."),
		Fault.ABOVE_LIMIT: _("After credit notes and advances one side has less than this. Settle less."),
		Fault.BELOW_MINIMUM: _("This is less than the minimum of the agreement."),
		Fault.NOTHING: _("There are no rows."),
	}
	item = next((one for one in items if one.key == key), None)
	reason = rules.exclusion(item, terms, day) if item else None
	return sentences[fault].format(
		frappe.bold(key[1] if key else ""), excluded_in_words(reason) if reason else ""
	)


def _refuse(sentences: list[str]) -> None:
	frappe.throw(sentences, SettlementError, title=_("Netting Settlement"), as_list=True)
