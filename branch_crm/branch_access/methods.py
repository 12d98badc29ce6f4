"""Functions that the guard cannot judge by the names of their arguments alone."""

from itertools import chain

_ROWS = [
	"frappe.client.get_list",
	"frappe.desk.reportview.get",
	"frappe.desk.reportview.get_list",
	"frappe.desk.reportview.get_count",
	"frappe.desk.reportview.get_stats",
	"frappe.desk.reportview.get_sidebar_stats",
	"frappe.desk.reportview.get_filter_dashboard_data",
	"frappe.desk.reportview.export_query",
	"frappe.desk.listview.get_group_by_count",
	"frappe.desk.search.search_link",
	"frappe.desk.search.search_widget",
	"frappe.desk.query_report.run",
	"frappe.desk.query_report.export_query",
]
_SAVES = [
	"frappe.client.insert",
	"frappe.client.insert_many",
	"frappe.client.save",
	"frappe.client.submit",
	"frappe.client.bulk_update",
	"frappe.desk.form.save.savedocs",
	"resource",
]

METHODS = list(
	chain(
		({"method": method, "policy": "rows"} for method in _ROWS),
		({"method": method, "policy": "saves"} for method in _SAVES),
	)
)
