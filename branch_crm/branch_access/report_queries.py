"""What is known of the reports installed on the site."""

import json

import frappe
from frappe.utils.caching import request_cache

from branch_crm.branch_access import queries, report_classes, report_rules
from branch_crm.branch_access.report_rules import Access, Report, Verdict

_FIELDS = ("name", "report_type", "reference_report")


def verdict_on(name: str) -> Verdict | None:
	"""Whether people limited by branch may run the report; None where there is none of this name."""
	stored = frappe.db.get_value("Report", name, _FIELDS)
	return _verdict(Report(*stored)) if stored else None


def verdicts() -> dict[str, Verdict]:
	"""The verdict on every report, by name."""
	stored = frappe.get_all("Report", {"disabled": 0}, list(_FIELDS), order_by="name", as_list=True)
	return {report[0]: _verdict(Report(*report)) for report in stored}


def saved_filters(name: str) -> dict:
	"""The filters that a custom report was saved with."""
	kind, settings = frappe.db.get_value("Report", name, ["report_type", "json"])
	found = json.loads(settings or "{}") if kind == "Custom Report" else {}
	return (found.get("filters") or {}) if isinstance(found, dict) else {}


def filters_left_out(name: str) -> tuple[str, ...]:
	"""The filters that a report is run without."""
	fields = ["report_type", "reference_report", "name"]
	kind, reference, name = frappe.db.get_value("Report", name, fields)
	return report_classes.LEFT_OUT.get(reference if kind == "Custom Report" else name, ())


def _verdict(report: Report) -> Verdict:
	return report_rules.verdict_on(report, report_classes.KNOWN, _decided(), report_classes.INSTEAD)


@request_cache
def _decided() -> dict[str, Access]:
	rows = frappe.get_all("Branch Report Access", {"parenttype": queries.SETTINGS}, ["report", "access"])
	return {row.report: Access(row.access) for row in rows}
