"""Every read of trade types."""

import frappe
from frappe import _

from branch_crm.customer_master.code_queries import SETTINGS

TRADE_TYPE = "Trade Type"
_DEFAULT = "default_trade_type"


def insert_usual() -> None:
	"""Where there is no type at all; what an administrator makes of them afterwards is his."""
	if frappe.db.count(TRADE_TYPE):
		return
	usual = _("General")
	for name in (usual, _("Dealer"), _("Wholesaler"), _("Distributor")):
		frappe.get_doc({"doctype": TRADE_TYPE, "trade_type_name": name}).insert()
	frappe.db.set_single_value(SETTINGS, _DEFAULT, usual)


def default_type() -> str | None:
	"""The type of a new customer that has none; a disabled one is none."""
	name = frappe.db.get_single_value(SETTINGS, _DEFAULT)
	return name if name and not is_disabled(name) else None


def is_disabled(name: str) -> bool:
	return bool(frappe.get_cached_value(TRADE_TYPE, name, "disabled"))


def type_of(customer: str | None) -> str | None:
	return frappe.get_cached_value("Customer", customer, "trade_type") if customer else None
