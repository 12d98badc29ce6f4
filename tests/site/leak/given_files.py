"""What functions of files, prints, mails and background work take, by their paths."""

import frappe
from frappe.utils import now_datetime

from tests.site.leak import desk_furniture
from tests.site.leak.client import ME
from tests.site.leak.given_frappe import Given
from tests.site.leak.world import Side

_ORDER = "Sales Order"


def whole(doctype: str, side: Side) -> dict:
	"""The document as a form sends it."""
	return frappe.parse_json(frappe.as_json(frappe.get_doc(doctype, side.names[doctype])))


def named(side: Side) -> dict:
	return {"doctype": _ORDER, "name": side.names[_ORDER]}


def _file(side: Side, ending: str) -> str:
	return frappe.db.get_value("File", {"file_name": ["like", f"{side.word}%.{ending}"]})


def _address_of_file(side: Side) -> dict:
	return {"file_url": frappe.db.get_value("File", side.names["File"], "file_url")}


def _mail(side: Side) -> dict:
	return {
		**named(side),
		"recipients": "x@x.example",
		"subject": "A subject",
		"content": "A text",
		"send_email": 1,
		"attachments": [side.names["File"]],
	}


def _attachments(side: Side) -> dict:
	return {**named(side), "attachments": [side.names["File"]]}


def _imported(parameter: str) -> dict:
	return {parameter: frappe.db.get_value("Data Import", {})}


FILES: Given = {
	"branch_crm.branch_access.attachment_api.add_attachments": _attachments,
	"frappe.utils.file_manager.add_attachments": _attachments,
	"branch_crm.branch_access.attachment_api.make": _mail,
	"frappe.core.doctype.communication.email.make": _mail,
	"frappe.handler.download_file": _address_of_file,
	"frappe.handler.upload_file": lambda side: {
		"doctype": _ORDER,
		"docname": side.names[_ORDER],
		"file_url": "https://x.example/a.txt",
		"file_name": "a.txt",
		"library_file_name": side.names["File"],
	},
	"frappe.core.api.file.create_new_folder": lambda side: {"file_name": "Zq Folder", "folder": "Home"},
	"frappe.core.api.file.unzip_file": lambda side: {"name": _file(side, "zip")},
	**{
		f"frappe.core.doctype.data_import.data_import.{name}": lambda side: _imported("data_import_name")
		for name in ("download_errored_template", "download_import_log", "get_import_status")
	},
	**{
		f"frappe.core.doctype.data_import.data_import.{name}": lambda side: _imported("data_import")
		for name in ("form_start_import", "get_import_logs", "get_preview_from_template")
	},
	"frappe.core.doctype.prepared_report.prepared_report.delete_prepared_reports": lambda side: {
		"reports": [{"name": desk_furniture.PREPARED}]
	},
	"frappe.core.doctype.prepared_report.prepared_report.download_attachment": lambda side: {
		"dn": desk_furniture.PREPARED
	},
	"frappe.core.doctype.sms_settings.sms_settings.send_sms": lambda side: {
		"receiver_list": ["123"],
		"msg": "A text",
	},
	**{
		f"frappe.email.doctype.auto_email_report.auto_email_report.{name}": lambda side: {"name": f"zq-{ME}"}
		for name in ("download", "send_now")
	},
	"frappe.email.doctype.email_template.email_template.get_email_template": lambda side: {
		"template_name": frappe.db.get_value("Email Template", {"name": ["like", "zqcommon%"]}),
		"doc": whole(_ORDER, side),
	},
	"frappe.email.doctype.newsletter.newsletter.subscribe": lambda side: {
		"email": "x@x.example",
		"email_group": desk_furniture.GROUP,
	},
	"frappe.email.email_body.get_email_html": lambda side: {
		"template": "new_message",
		"args": {"from": "x@x.example", "message": "A text", "link": "https://x.example", **named(side)},
		"subject": "A subject",
	},
	"frappe.utils.csvutils.send_csv_to_client": lambda side: {"args": {"data": [["a"]], "filename": "a"}},
	"frappe.utils.diff.version_query": lambda side: {
		"doctype": "Version",
		"txt": "",
		"searchfield": "name",
		"start": 0,
		"page_len": 20,
		"filters": {"ref_doctype": _ORDER, "docname": side.names[_ORDER]},
	},
	"frappe.utils.print_format.download_multi_pdf_async": lambda side: {
		"doctype": _ORDER,
		"name": [side.names[_ORDER]],
	},
	"frappe.utils.print_format.download_pdf": named,
	"frappe.utils.weasyprint.download_pdf": lambda side: {
		**named(side),
		"print_format": desk_furniture.BUILT,
	},
	"frappe.www.printview.get_rendered_raw_commands": lambda side: {
		"doc": _ORDER,
		"name": side.names[_ORDER],
		"print_format": desk_furniture.RAW,
	},
	"frappe.desk.doctype.route_history.route_history.deferred_insert": lambda side: {
		"routes": [{"route": f"Form/{_ORDER}/{side.names[_ORDER]}", "creation": str(now_datetime())}]
	},
	"frappe.templates.includes.likes.likes.like": lambda side: {
		"reference_doctype": "Blog Post",
		"reference_name": desk_furniture.POST,
		"like": True,
	},
	"frappe.social.doctype.energy_point_log.energy_point_log.review": lambda side: {
		"doc": whole(_ORDER, side),
		"points": 3,
		"to_user": "Administrator",
		"reason": "-",
	},
}

# whose methods are called where the first of a DocType would not do
_IMPORT = "frappe.core.doctype.data_import.data_import.DataImport"
DOCUMENTS = {
	f"{_IMPORT}.get_preview_from_template": lambda side: ("Data Import", _imported("name")["name"]),
	"frappe.core.doctype.file.file.File.optimize_file": lambda side: ("File", _file(side, "png")),
	"frappe.model.document.Document.cancel": lambda side: ("Payment Entry", side.names["Payment Entry"]),
}
