"""What a run of statements of account lists, prints and mails: what the user who sends it may see."""

from collections.abc import Collection
from dataclasses import dataclass

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import fmt_money, format_date, getdate

from branch_crm.branch_access import queries as access_queries
from branch_crm.credit_control import customer_ledger_queries, customer_ledger_rules, statement_queries
from branch_crm.credit_control.customer_ledger_queries import LEDGER
from branch_crm.credit_control.customer_ledger_rules import Total
from branch_crm.credit_control.report_queries import Asked
from branch_crm.credit_control.statement_queries import ENTRY, RUN

FORMAT = "Statement of Account"
_STATE = ("status", "begun_by", "error")
_ASKED = ("company", "from_date", "to_date", "branch", "customer", "trade_type", "customer_category")
_ASKED += ("by_branch", "only_active", "email_template", "subject", "message", "letter_head")


@dataclass(frozen=True)
class Listed:
	"""A customer of a run; the balance is in company currency."""

	customer: str
	customer_name: str
	closing_balance: float
	currency: str
	recipients: list[str]


@dataclass(frozen=True)
class Mail:
	"""A statement on its way; `attachment` as `frappe.sendmail` takes it."""

	recipients: list[str]
	subject: str = ""
	message: str = ""
	attachment: dict | None = None


def forget_what_was_done(doc: Document) -> None:
	doc.set("entries", [])
	doc.update({"status": "Draft", "begun_by": None, "error": None})


def judge(doc: Document) -> None:
	"""Refuse what cannot be asked; the job alone writes how far it has come. The run is of all branches that whoever saves it
	reaches: its balances are for who reaches them as well."""
	if getdate(doc.from_date) > getdate(doc.to_date):
		frappe.throw(_("The period ends before it begins."), title=_("Period"))
	if before := doc.get_doc_before_save():
		doc.update({field: before.get(field) for field in _STATE})
		doc.set("entries", before.entries)
		if before.status != "Draft":
			doc.set("covers", before.covers)
			if any(doc.has_value_changed(field) for field in _ASKED):
				frappe.throw(_("This run has begun. Make a new one."), title=_("Statements"))
			return
	reached = sorted(access_queries.reached_below(LEDGER, doc.branch))
	doc.set("covers", [{"branch": branch} for branch in reached])


def listed(doc: Document) -> list[Listed]:
	"""The customers of a run, by name, each with what it owes at the end of the period and its mail addresses."""
	asked = _asked(doc)
	found = customer_ledger_queries.ledgers(asked, by_branch=False)
	names = set(found) if doc.only_active else {*found, *statement_queries.customers_of(asked)}
	rows = statement_queries.customers(names)
	recipients = statement_queries.recipients_of(rows.values())
	currency = frappe.get_cached_value("Company", doc.company, "default_currency")
	return [
		Listed(
			name,
			rows[name].customer_name,
			float(customer_ledger_rules.total(found.get(name, {}).values()).closing.amount),
			currency,
			recipients[name],
		)
		for name in sorted(rows)
	]


def list_customers(doc: Document) -> None:
	"""Write what is to be sent, nothing sent yet."""
	for number, one in enumerate(listed(doc), 1):
		said = {"customer": one.customer, "closing_balance": one.closing_balance, "currency": one.currency}
		said["recipients"] = ", ".join(one.recipients)
		doc.append("entries", {**said, "state": statement_queries.PENDING, "idx": number}).db_insert()


def printed(doc: Document) -> list[dict]:
	"""The statements of a run as its print format takes them, of the branches that the session's user reaches: those of
	its entries, or of the customers that it would list.

	Raises:
	        frappe.PermissionError: the company, customers or their ledger are not his to read.
	"""
	customer_ledger_queries.check(doc.company)
	return _statements(
		doc, [entry.customer for entry in doc.entries] or [one.customer for one in listed(doc)]
	)


def prepared(doc: Document, customer: str) -> Mail:
	"""The mail of one customer; without anything but recipients where there are none. Rendering commits."""
	rows = statement_queries.customers([customer])
	recipients = statement_queries.recipients_of(rows.values()).get(customer, [])
	if not recipients:
		return Mail([])
	alone = frappe.get_doc(doc.as_dict())
	alone.entries = [entry for entry in doc.entries if entry.customer == customer]
	attachment = frappe.attach_print(
		RUN,
		doc.name,
		file_name=f"{_(FORMAT)}-{customer}-{doc.to_date}",
		print_format=FORMAT,
		doc=alone,
		lang=rows[customer].language,
		letterhead=doc.letter_head,
	)
	return Mail(recipients, *_texts(doc, rows[customer], alone.statements[0]), attachment)


def send(doc: Document, entry: frappe._dict, mail: Mail) -> None:
	"""Hand the mail to Frappe's queue, and note that, in one transaction."""
	if not mail.recipients:
		note(entry, "No Address", recipients=None)
		return
	queued = frappe.sendmail(
		recipients=mail.recipients,
		subject=mail.subject,
		message=mail.message,
		attachments=[mail.attachment],
		reference_doctype=RUN,
		reference_name=doc.name,
		add_unsubscribe_link=0,
	)
	recipients = ", ".join(mail.recipients)
	if queued:
		note(entry, statement_queries.SENT, recipients=recipients)
	else:
		note(entry, "No Address", recipients=recipients, note=_("The address has unsubscribed from mails."))


def note(entry: frappe._dict, state: str, **values: object) -> None:
	frappe.db.set_value(ENTRY, entry.name, {"state": state, "note": None, **values}, update_modified=False)


def _asked(doc: Document, customer: str | None = None) -> Asked:
	return Asked(
		doc.company,
		getdate(doc.from_date),
		getdate(doc.to_date),
		doc.branch,
		customer or doc.customer,
		doc.trade_type,
		doc.customer_category,
	)


def _texts(doc: Document, customer: frappe._dict, statement: dict) -> tuple[str, str]:
	"""Subject and message. Only an Email Template is filled in: who writes one may ask for anything."""
	period = {"from_date": format_date(doc.from_date), "to_date": format_date(doc.to_date)}
	if doc.email_template:
		balance = fmt_money(statement["closing"], currency=statement["currency"])
		known = {"customer": customer.name, "customer_name": customer.customer_name, "company": doc.company}
		filled = frappe.get_cached_doc("Email Template", doc.email_template).get_formatted_email(
			{**known, **period, "closing_balance": balance}
		)
		return filled["subject"], filled["message"]
	subject = _("Statement of Account from {0} to {1}").format(*period.values())
	message = _("Please find attached your statement of account with {0}.").format(
		frappe.utils.escape_html(doc.company)
	)
	return doc.subject or subject, doc.message or message


def _statements(doc: Document, names: Collection[str]) -> list[dict]:
	asked = _asked(doc, names[0] if len(names) == 1 else None)
	rows = statement_queries.customers(names)
	found = customer_ledger_queries.ledgers(asked, bool(doc.by_branch))
	ages = customer_ledger_queries.ages(asked)
	paths = customer_ledger_queries.paths(asked.branch) if doc.by_branch else {}
	currency = frappe.get_cached_value("Company", doc.company, "default_currency")
	return [
		{
			"customer": name,
			"customer_name": rows[name].customer_name,
			"address": statement_queries.address_of(rows[name]),
			"currency": currency,
			**_figures(customer_ledger_rules.total(found.get(name, {}).values()), currency),
			"blocks": [
				_block(node.branch, node.block, currency)
				for node in customer_ledger_rules.roll_up(found.get(name, {}), paths)
				if node.block
			],
			"ages": [
				float(amount)
				for amount in customer_ledger_rules.aged(ages.get(name, ()), customer_ledger_queries.BUCKETS)
			],
		}
		for name in names
		if name in rows
	]


def _block(branch: str, block: customer_ledger_rules.Block, currency: str) -> dict:
	rows = [
		{
			"movement": movement,
			"balance": float(balance.amount),
			"in_currency": movement.moved.foreign(currency),
		}
		for movement, balance in block.running()
	]
	return {"branch": branch, "rows": rows, **_figures(block.total, currency)}


def _figures(whole: Total, currency: str) -> dict:
	return {
		"opening": float(whole.opening.amount),
		"debit": float(whole.debit),
		"credit": float(whole.credit),
		"closing": float(whole.closing.amount),
		"in_currency": whole.closing.foreign(currency),
	}
