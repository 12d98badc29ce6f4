"""What the trade types of the demo company pay."""

import frappe
from frappe.utils import getdate

from branch_crm.demo import price_records

_PRICE = "Trade Price"


def load_prices() -> None:
	"""What is there already stays."""
	for one in price_records.prices(getdate()):
		price = one.price
		if frappe.db.exists(_PRICE, price.name):
			continue
		frappe.get_doc(
			{
				"doctype": _PRICE,
				"trade_type": one.trade_type,
				"apply_on": price.on.value,
				"applies_to": price.target,
				"branch": price.branch,
				"min_qty": price.min_qty,
				"valid_from": price.valid_from,
				"valid_upto": price.valid_upto,
				"rate_or_discount": "Rate" if one.rate else "Discount Percentage",
				"discount_percentage": one.discount_percentage,
				"rate": one.rate,
			}
		).insert(set_name=price.name)


def remove_prices() -> None:
	"""The rules that were kept for them go along."""
	for one in price_records.prices(getdate()):
		frappe.delete_doc_if_exists(_PRICE, one.price.name, force=True)
