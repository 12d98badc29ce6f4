"""The demo company's Credit Profiles, and the orders that they judge."""

import frappe
from frappe.utils import add_days, getdate

from branch_crm.credit_control import hold_work, recount_work, release_work, takeover_work
from branch_crm.credit_control.judge_events import CreditRefusedError
from branch_crm.demo import cheque_loader, records, sales_records
from branch_crm.demo.credit_records import ORDERS, PROFILES, DemoCredit, DemoOrder
from branch_crm.demo.documents import write, written_by

_RECORDS = ("Credit Event", "Credit Hold", "Credit Profile", "Stock Credit Limit", "Exposure Entry")
_RECORDS += ("Credit Exposure", "Credit Company")


def load_credit() -> None:
	"""Profiles judge in the demo company from then on; each order is submitted, and refused where they say so."""
	takeover_work.begin_counting(records.COMPANY)
	recount_work.recount(records.COMPANY, recount_work.customers_of(records.COMPANY))
	takeover_work.move(records.COMPANY)
	cheque_loader.load_cheques()
	for profile in PROFILES:
		_insert(profile)
	for order in ORDERS:
		_submit(order)


def remove_credit() -> None:
	"""Nobody deletes what was refused, but where all of the demo company goes."""
	takeover_work.hand_back(records.COMPANY)
	for doctype in _RECORDS:
		for field in frappe.get_meta(doctype).get_table_fields():
			parents = frappe.get_all(doctype, {"company": records.COMPANY}, pluck="name")
			frappe.db.delete(field.options, {"parenttype": doctype, "parent": ["in", parents]})
		frappe.db.delete(doctype, {"company": records.COMPANY})


def _insert(profile: DemoCredit) -> None:
	of_customer = {"party_type": "Customer", "party": profile.customer, "company": records.COMPANY}
	limits = [{"branch": branch, "credit_limit": limit} for branch, limit in profile.branch_limits.items()]
	doc = frappe.get_doc({"doctype": "Credit Profile", **of_customer, "branch_limits": limits})
	doc.update({"credit_limit": profile.limit, "check_credit": 1, "stop_sales": int(profile.stops_sales)})
	doc.update({"tolerance": profile.tolerance, "sales_blocked": int(bool(profile.blocked_because))})
	doc.update({"blocked_reason": profile.blocked_because})
	with written_by("asha"):
		doc.insert()


def _submit(order: DemoOrder) -> None:
	item = {"item_code": sales_records.ITEMS[-1].code, "qty": order.amount / 100, "rate": 100}
	sold = {"doctype": "Sales Order", "customer": order.customer, "ignore_pricing_rule": 1, "items": [item]}
	doc = frappe.get_doc({**sold, "company": records.COMPANY, "branch": order.branch})
	doc.delivery_date = add_days(getdate(), 14)
	write(doc, order.by, 0)
	doc.reload()
	frappe.db.savepoint("submitted")
	with written_by(order.by):
		try:
			doc.submit()
		except CreditRefusedError as error:
			frappe.db.rollback(save_point="submitted")
			_record(error.refusal, order)


def _record(refusal: dict, order: DemoOrder) -> None:
	hold = hold_work.record(refusal)
	if order.note:
		release_work.request(release_work.locked(hold), order.note)
