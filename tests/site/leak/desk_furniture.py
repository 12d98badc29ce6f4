"""What some functions need to do anything: of no branch, of a side, and of each person."""

import gzip
import io
import json
import zipfile

import frappe
from frappe.model.document import Document
from frappe.utils import nowdate
from frappe.utils.password import update_password
from PIL import Image

from branch_crm.customer_master import archive_api
from tests.site.company import make_contact, make_customer
from tests.site.leak.papers import paper

PASSWORD = "zq-Kestrel-71-Lantern"
LIST, CARD, CHART, DASHBOARD, GROUP = "Zq List", "Zq Card", "Zq Chart", "Zq Dashboard", "Zq Group"
UNUSED_LIST = "Zq Unused List"
RAW, BUILT, POST, CONNECTED = "Zq Raw", "Zq Built", "zq-post", "zq-connected"
PREPARED, PROFILE, BACKFILL = "zq-prepared", "Zq Profile", "zq-backfill"
CHART_VALUES = {
	"chart_name": CHART,
	"chart_type": "Count",
	"document_type": "Sales Order",
	"based_on": "transaction_date",
	"timeseries": 1,
	"timespan": "Last Year",
	"time_interval": "Monthly",
	"type": "Line",
	"filters_json": "[]",
	"is_public": 1,
}
CARD_VALUES = {
	"label": CARD,
	"type": "Document Type",
	"document_type": "Sales Order",
	"function": "Sum",
	"aggregate_function_based_on": "grand_total",
	"filters_json": "[]",
	"is_public": 1,
	"show_percentage_stats": 1,
	"stats_time_interval": "Daily",
}
_COMMON = "zqcommon"
_BACK = "https://x.example/back"


def furnish() -> None:
	"""What is of no branch."""
	frappe.db.set_single_value("Website Settings", "disable_signup", 0)
	_make("Dashboard Chart", **CHART_VALUES)
	_make("Number Card", **CARD_VALUES)
	_make("Dashboard", dashboard_name=DASHBOARD, charts=[{"chart": CHART}], cards=[{"card": CARD}])
	rows = '{"fields": [["name", "Sales Order"]], "filters": [], "order_by": "`tabSales Order`.`name` asc"}'
	listed = {
		"ref_doctype": "Sales Order",
		"report_type": "Report Builder",
		"is_standard": "No",
		"json": rows,
	}
	for name in (LIST, UNUSED_LIST):
		_make("Report", report_name=name, **listed)
	_make("Module Profile", module_profile_name=PROFILE)
	_make("Email Group", title=GROUP)
	_make("OAuth Client", app_name="Zq", scopes="all", redirect_uris=_BACK, default_redirect_uri=_BACK)
	paper("Connected App", _COMMON, {}, name=CONNECTED)
	paper("Blog Post", _COMMON, {}, name=POST, disable_likes=0, enable_email_notification=0)
	for status in ("Draft", "Done"):
		paper("Branch Backfill", _COMMON, {}, name=f"{BACKFILL}-{status}", status=status)
	_print_formats()
	_workflow()
	_kept_results()


def _make(doctype: str, **values: object) -> Document:
	return frappe.get_doc({"doctype": doctype, **values}).insert()


def _print_formats() -> None:
	shown = {"fieldname": "customer", "fieldtype": "Link", "label": "Customer", "options": "Customer"}
	layout = {"sections": [{"label": "", "columns": [{"fields": [shown]}]}]}
	order = {"doc_type": "Sales Order", "standard": "No"}
	_make("Print Format", name=RAW, **order, raw_printing=1, raw_commands="{{ doc.customer }}")
	_make("Print Format", name=BUILT, **order, print_format_builder_beta=1, format_data=json.dumps(layout))


def _workflow() -> None:
	states = ("1-10", "11-50")
	for state in states:
		_make("Workflow State", workflow_state_name=state)
	_make(
		"Workflow",
		workflow_name="Zq Workflow",
		document_type="Prospect",
		workflow_state_field="no_of_employees",
		is_active=1,
		send_email_alert=0,
		states=[{"state": state, "doc_status": "0", "allow_edit": "Sales User"} for state in states],
		transitions=[
			{"state": states[0], "next_state": states[1], "action": "Approve", "allowed": "Sales User"}
		],
	)


def _kept_results() -> None:
	paper("Prepared Report", _COMMON, {}, name=PREPARED, report_name="Sales Register", status="Completed")
	_file("prepared.json.gz", gzip.compress(b"{}"), "Prepared Report", PREPARED)
	rows = _file("prospects.csv", b"Company Name\nZq Imported\n", None, None)
	_make(
		"Data Import",
		reference_doctype="Prospect",
		import_type="Insert New Records",
		import_file=rows.file_url,
	)


def _file(name: str, content: bytes, doctype: str | None, document: str | None) -> Document:
	attached = {"attached_to_doctype": doctype, "attached_to_name": document}
	return _make("File", file_name=name, content=content, is_private=1, **attached)


def furnish_side(word: str, branch: str, names: dict[str, str]) -> None:
	"""What a side has besides the documents to name."""
	order = ("Sales Order", names["Sales Order"])
	picture, archive = io.BytesIO(), io.BytesIO()
	Image.new("RGB", (3, 3), (len(word), 2, 3)).save(picture, "PNG")
	with zipfile.ZipFile(archive, "w") as zipped:
		zipped.writestr(f"{word}.txt", word)
	_file(f"{word}.png", picture.getvalue(), *order)
	_file(f"{word}.zip", archive.getvalue(), *order)
	person = make_contact(f"{word} person", ("Customer", names["Customer"]))
	person.append("email_ids", {"email_id": f"{word}@x.example", "is_primary": 1})
	person.save()
	task = {"subject": f"{word} group", "is_group": 1, "project": names["Project"], "branch": branch}
	_make("Task", **task, exp_start_date=nowdate())
	event = frappe.get_doc("Event", names["Event"])
	event.append(
		"event_participants", {"reference_doctype": "Customer", "reference_docname": names["Customer"]}
	)
	event.save()
	for status in ("Draft", "Completed"):
		paper(
			"Branch Transfer",
			word,
			names,
			name=f"{word}-{status}",
			status=status,
			party_type="Customer",
			action="Add Branch",
			branch=branch,
			from_branch=None,
			filters=json.dumps([["Customer", "name", "=", names["Customer"]]]),
		)
	archived = make_customer(f"{word} archived", branch)
	archive_api.archive("Customer", archived.name, f"{word} reason")
	merged = {"document_type": "Customer", "from_name": archived.name, "into_name": names["Customer"]}
	paper("Party Merge", word, names, name=f"{word}-Failed", status="Failed", **merged)


def equip(user: str, order: str | None = None) -> None:
	"""What a person has of his own.

	Arguments:
	        order: the Sales Order that is assigned to him.
	"""
	update_password(user, PASSWORD)
	paper("Dashboard Settings", _COMMON, {}, name=user, user=user, chart_config="{}")
	_make("Workspace", label=f"Zq Page-{user}", title="Zq Page", for_user=user, content="[]")
	paper("Energy Point Log", _COMMON, {}, user=user, type="Review", points=100, reverted=0)
	mailed = {"report": LIST, "report_type": "Report Builder", "user": user, "format": "HTML"}
	mailed |= {"email_to": "x@x.example", "filters": "{}", "filter_meta": None, "no_of_rows": 20}
	paper("Auto Email Report", _COMMON, {}, name=f"zq-{user}", **mailed)
	if order:
		assigned = {"reference_type": "Sales Order", "reference_name": order, "status": "Open"}
		paper("ToDo", _COMMON, {}, allocated_to=user, **assigned)
