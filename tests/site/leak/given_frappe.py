"""What functions of Frappe take whose parameters do not tell, by their paths."""

from collections.abc import Callable

from frappe.utils import add_days, nowdate

from tests.site.leak.world import BOARD, Side

_BOARDS = "frappe.desk.doctype.kanban_board.kanban_board"
_FORM_PAGE = {"name": "Selling", "title": "Selling"}
Given = dict[str, Callable[[Side], dict]]


def view(side: Side) -> dict:
	return {"doctype": "Sales Order", "fields": ["name"], "filters": [], "start": 0, "page_length": 50}


def dates(side: Side) -> dict:
	return {"start": add_days(nowdate(), -400), "end": add_days(nowdate(), 400), "filters": []}


def order(side: Side) -> dict:
	return {"doctype": "Sales Order", "docname": side.names["Sales Order"], "name": side.names["Sales Order"]}


def board(**more: object) -> Callable[[Side], dict]:
	return lambda side: {"board_name": BOARD, **more}


def one(doctype: str, parameter: str, **more: object) -> Callable[[Side], dict]:
	return lambda side: {parameter: side.names[doctype], **more}


FRAPPE: Given = {
	"frappe.desk.doctype.event.event.get_events": dates,
	"branch_crm.branch_access.own_rows_api.get_events": dates,
	"frappe.automation.doctype.reminder.reminder.create_new_reminder": lambda side: {
		"remind_at": f"{add_days(nowdate(), 2)} 10:00:00",
		"description": "A reminder",
		"reminder_doctype": "Sales Order",
		"reminder_docname": side.names["Sales Order"],
	},
	"frappe.client.attach_file": lambda side: {
		"filename": "a.txt",
		"filedata": "QQ==",
		"decode_base64": 1,
		**order(side),
	},
	"frappe.client.bulk_update": lambda side: {
		"docs": [{"doctype": "Customer", "docname": side.names["Customer"], "language": "en"}]
	},
	"frappe.client.get_single_value": lambda side: {"doctype": "Selling Settings", "field": "territory"},
	"frappe.client.insert_many": lambda side: {
		"docs": [
			{"doctype": "ToDo", "description": "-", "reference_type": "Customer"}
			| {"reference_name": side.names["Customer"]}
		]
	},
	"frappe.client.set_value": lambda side: {
		"doctype": "Customer",
		"name": side.names["Customer"],
		"fieldname": "language",
		"value": "en",
	},
	"frappe.contacts.doctype.address.address.get_address_display": one("Address", "address_dict"),
	"frappe.core.api.file.zip_files": lambda side: {"files": [side.names["File"]]},
	"frappe.core.api.file.move_file": lambda side: {
		"file_list": [{"name": side.names["File"]}],
		"new_parent": "Home",
		"old_parent": "Home/Attachments",
	},
	"frappe.desk.form.utils.get_next": lambda side: {
		"doctype": "Sales Order",
		"value": side.names["Sales Order"],
		"prev": 0,
		"filters": [],
	},
	"frappe.workflow.doctype.workflow.workflow.get_workflow_state_count": lambda side: {
		"doctype": "Sales Order",
		"workflow_state_field": "status",
		"states": ["Draft"],
	},
	"frappe.core.doctype.communication.email.mark_email_as_seen": one("Communication", "name"),
	"frappe.core.doctype.data_import.data_import.download_template": lambda side: {
		"doctype": "Sales Order",
		"export_fields": {"Sales Order": ["name", "customer"]},
		"export_records": "all",
		"file_type": "CSV",
	},
	"frappe.desk.calendar.get_events": lambda side: {
		"doctype": "Task",
		"field_map": {"start": "exp_start_date", "end": "exp_end_date", "id": "name", "title": "subject"},
		**dates(side),
	},
	"frappe.desk.calendar.update_event": lambda side: {
		"args": {"doctype": "Task", "name": side.names["Task"], "exp_start_date": nowdate()},
		"field_map": {"start": "exp_start_date"},
	},
	"frappe.desk.gantt.update_task": lambda side: {
		"args": {"doctype": "Task", "name": side.names["Task"], "start": nowdate(), "end": nowdate()},
		"field_map": {"start": "exp_start_date", "end": "exp_end_date"},
	},
	"frappe.desk.desktop.get_desktop_page": lambda side: {"page": _FORM_PAGE},
	"frappe.desk.doctype.number_card.number_card.get_result": lambda side: {
		"doc": {
			"document_type": "Sales Order",
			"function": "Sum",
			"aggregate_function_based_on": "grand_total",
		},
		"filters": [],
	},
	f"{_BOARDS}.add_card": one("Task", "docname", board_name=BOARD, colname="Open"),
	f"{_BOARDS}.add_column": board(column_title="Zq"),
	f"{_BOARDS}.archive_restore_column": board(column_title="Open", status="Archived"),
	f"{_BOARDS}.set_indicator": board(column_name="Open", indicator="Blue"),
	f"{_BOARDS}.update_column_order": board(order=["Working", "Open"]),
	f"{_BOARDS}.update_order": lambda side: {"board_name": BOARD, "order": {"Working": [side.names["Task"]]}},
	f"{_BOARDS}.update_order_for_single_card": one(
		"Task",
		"docname",
		board_name=BOARD,
		from_colname="Open",
		to_colname="Working",
		old_index=0,
		new_index=0,
	),
	"frappe.desk.doctype.tag.tag.add_tags": lambda side: {
		"tags": ["zqtag"],
		"dt": "Customer",
		"docs": [side.names["Customer"]],
	},
	"frappe.desk.form.assign_to.add": lambda side: {
		"assign_to": ["Administrator"],
		"doctype": "Sales Order",
		"name": side.names["Sales Order"],
	},
	"frappe.desk.form.assign_to.add_multiple": lambda side: {
		"assign_to": ["Administrator"],
		"doctype": "Sales Order",
		"name": [side.names["Sales Order"]],
	},
	"frappe.desk.form.linked_with.cancel_all_linked_docs": lambda side: {
		"docs": [{"doctype": "Payment Entry", "name": side.names["Payment Entry"]}]
	},
	"frappe.desk.form.load.get_user_info_forviewers": lambda side: {"users": ["Administrator"]},
	"frappe.desk.form.utils.update_comment": one("Comment", "name", content="A text"),
	"frappe.desk.form.utils.update_comment_publicity": one("Comment", "name", publish=True),
	"frappe.desk.listview.set_list_settings": lambda side: {
		"doctype": "Sales Order",
		"values": {"disable_count": 0},
	},
	"frappe.desk.page.user_profile.user_profile.update_profile_info": lambda side: {
		"profile_info": {"bio": "A text"}
	},
	"frappe.desk.reportview.delete_items": lambda side: {"doctype": "ToDo", "items": [side.names["ToDo"]]},
	"frappe.desk.reportview.get_list": view,
	"frappe.desk.reportview.get_stats": lambda side: {"doctype": "Sales Order", "stats": ["_user_tags"]},
	"frappe.desk.reportview.get_sidebar_stats": lambda side: {"doctype": "Customer", "stats": ["_user_tags"]},
	"frappe.desk.treeview.get_children": lambda side: {"doctype": "Branch", "parent": "HO"},
	"frappe.desk.treeview.get_all_nodes": lambda side: {
		"doctype": "Branch",
		"label": "HO",
		"parent": "HO",
		"tree_method": "frappe.desk.treeview.get_children",
	},
	"frappe.email.inbox.create_email_flag_queue": lambda side: {
		"names": [side.names["Communication"]],
		"action": "Read",
	},
	"frappe.email.inbox.mark_as_spam": one("Communication", "communication", sender="x@x.example"),
	"frappe.model.mapper.map_docs": lambda side: {
		"method": "erpnext.stock.doctype.delivery_note.delivery_note.make_sales_invoice",
		"source_names": [side.names["Delivery Note"]],
		"target_doc": {"doctype": "Sales Invoice"},
		"args": {"source_doctype": "Delivery Note"},
	},
	"frappe.model.utils.user_settings.save": lambda side: {
		"doctype": "Sales Order",
		"user_settings": {"last_view": "List"},
	},
	"frappe.utils.print_format.download_multi_pdf": lambda side: {
		"doctype": "Sales Order",
		"name": [side.names["Sales Order"]],
	},
	"frappe.www.list.get": lambda side: {"doctype": "Sales Order"},
	"frappe.www.list.get_list_data": lambda side: {"doctype": "Sales Order"},
	"frappe.www.printview.get_html_and_style": lambda side: {
		"doc": "Sales Order",
		"name": side.names["Sales Order"],
	},
}
