"""What customers owed, what moved and what they owe, branch by branch where asked."""

from collections.abc import Iterator

import frappe
from frappe import _

from branch_crm.credit_control import customer_ledger_queries, customer_ledger_rules, report_rows
from branch_crm.credit_control.customer_ledger_queries import CUSTOMER
from branch_crm.credit_control.customer_ledger_rules import Balance, Block, Blocks, Movement, Total
from branch_crm.credit_control.report_queries import Asked
from branch_crm.customer_master.path_rules import Paths

Row = dict[str, object]


@frappe.read_only()
def execute(filters: dict | None = None) -> tuple[list[dict], list[Row]]:
	"""For each customer its opening balance, every movement with the balance after it, and its closing balance, of the
	branches that the session's user reaches; amounts in company currency, and beside them in another account currency.

	Filters: `company`, `from_date`, `to_date`, `customer`, `trade_type`, `customer_category` and `branch` (with those
	below them), and `by_branch`: a block for each branch, added up in the tree.
	"""
	filters = report_rows.plain(filters)
	asked = report_rows.asked(filters)
	customer_ledger_queries.check(asked.company)
	return _columns(), list(_rows(asked, bool(filters.by_branch)))


def _rows(asked: Asked, by_branch: bool) -> Iterator[Row]:
	currency = frappe.get_cached_value("Company", asked.company, "default_currency")
	paths = customer_ledger_queries.paths(asked.branch) if by_branch else {}
	found = customer_ledger_queries.ledgers(asked, by_branch)
	for customer, blocks in found.items():
		whole = customer_ledger_rules.total(blocks.values())
		yield _head(0, CUSTOMER, customer, whole, currency)
		rows = _of_branches(blocks, paths, currency) if by_branch else _of_block(1, blocks[""], currency)
		for row in rows:
			yield {**row, "customer": customer}
	if len(found) > 1:
		blocks = (block for blocks in found.values() for block in blocks.values())
		yield _head(0, None, _("Total"), customer_ledger_rules.total(blocks), currency)


def _of_branches(blocks: Blocks, paths: Paths, currency: str) -> Iterator[Row]:
	for node in customer_ledger_rules.roll_up(blocks, paths):
		kind, name = ("Branch", node.branch) if node.branch else (None, _("Without Branch"))
		yield _head(node.depth + 1, kind, name, node.total, currency)
		if node.block:
			yield from _of_block(node.depth + 2, node.block, currency)


def _of_block(indent: int, block: Block, currency: str) -> Iterator[Row]:
	of_block, whole = {"indent": indent, "currency": currency}, block.total
	yield {**of_block, "entry": _("Opening Balance"), **_balance(whole.opening, currency)}
	for movement, balance in block.running():
		yield {**of_block, **_movement(movement, currency), **_balance(balance, currency)}
	moved = {"debit": float(whole.debit), "credit": float(whole.credit)}
	yield {**of_block, "entry": _("Closing Balance"), **moved, **_balance(whole.closing, currency)}


def _head(indent: int, kind: str | None, name: str, whole: Total, currency: str) -> Row:
	return {
		"indent": indent,
		"document_type": kind,
		"entry": name,
		"is_head": 1,
		"currency": currency,
		"opening": float(whole.opening.amount),
		"debit": float(whole.debit),
		"credit": float(whole.credit),
		**_balance(whole.closing, currency),
	}


def _movement(movement: Movement, currency: str) -> Row:
	foreign = movement.moved.foreign(currency)
	return {
		"posting_date": movement.posting_date,
		"voucher_type": movement.voucher_type,
		"voucher_no": movement.voucher_no,
		"against_voucher_type": movement.against_type,
		"against_voucher_no": movement.against_no,
		"remarks": movement.remarks,
		"branch": movement.branch or None,
		"debit": float(movement.debit),
		"credit": float(movement.credit),
		"amount_in_account_currency": float(foreign[1]) if foreign else None,
	}


def _balance(balance: Balance, currency: str) -> Row:
	foreign = balance.foreign(currency)
	return {
		"balance": float(balance.amount),
		"account_currency": foreign[0] if foreign else None,
		"balance_in_account_currency": float(foreign[1]) if foreign else None,
	}


def _columns() -> list[dict]:
	def column(
		fieldname: str, label: str, fieldtype: str, width: int, options: str | None = None, hidden: int = 0
	) -> dict:
		shape = {"fieldname": fieldname, "label": label, "fieldtype": fieldtype, "width": width}
		return {**shape, "options": options, "hidden": hidden}

	def money(fieldname: str, label: str, currency: str = "currency") -> dict:
		return column(fieldname, label, "Currency", 130, currency)

	return [
		column("entry", _("Customer"), "Dynamic Link", 220, "document_type"),
		column("posting_date", _("Posting Date"), "Date", 110),
		column("voucher_type", _("Voucher Type"), "Data", 120),
		column("voucher_no", _("Voucher No"), "Dynamic Link", 160, "voucher_type"),
		column("against_voucher_type", _("Against Voucher Type"), "Data", 120),
		column("against_voucher_no", _("Against Voucher"), "Dynamic Link", 160, "against_voucher_type"),
		column("branch", _("Branch"), "Link", 120, "Branch"),
		money("opening", _("Opening Balance")),
		money("debit", _("Debit")),
		money("credit", _("Credit")),
		money("balance", _("Balance")),
		money("amount_in_account_currency", _("Amount in Account Currency"), "account_currency"),
		money("balance_in_account_currency", _("Balance in Account Currency"), "account_currency"),
		column("remarks", _("Remarks"), "Data", 220),
		column("account_currency", _("Account Currency"), "Link", 90, "Currency"),
		column("currency", _("Currency"), "Link", 80, "Currency", hidden=1),
	]
