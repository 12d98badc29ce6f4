"""Documents that were named by one counter for all kinds go on after the last one of their own kind."""

import frappe
from frappe.model.naming import NamingSeries

SERIES = {
	"Branch Backfill": "BACKFILL-",
	"Branch Transfer": "TRANSFER-",
	"Netting Agreement": "NETA-",
	"Netting Run": "NETR-",
	"Netting Settlement": "NETS-",
	"Party Merge": "MERGE-",
}


def execute() -> None:
	for doctype, prefix in SERIES.items():
		last: dict[str, int] = {}
		for name in frappe.get_all(doctype, {"name": ["like", f"{prefix}%"]}, pluck="name"):
			head, _dash, number = name.rpartition("-")
			# an amended one has a number of its own at the end
			if number.isdigit() and len(number) == 5:
				last[f"{head}-"] = max(int(number), last.get(f"{head}-", 0))
		for head, number in last.items():
			series = NamingSeries(f"{head}.#####")
			series.update_counter(max(number, series.get_current_value()))
