"""What functions of dashboards, workspaces, lists, reports and forms take, by their paths."""

from collections.abc import Callable

import frappe
from frappe.utils import nowdate

from branch_crm.demo.records import COMPANY
from tests.site.leak import desk_furniture
from tests.site.leak.client import ME
from tests.site.leak.given_files import whole
from tests.site.leak.given_frappe import Given
from tests.site.leak.world import BOARD, Side

_CHARTS = "frappe.desk.doctype.dashboard_chart.dashboard_chart"
_CARDS = "frappe.desk.doctype.number_card.number_card"
_WORKSPACES = "frappe.desk.doctype.workspace.workspace"
_WORKFLOW = "frappe.model.workflow"
_CONTACTS = "frappe.contacts.doctype.contact.contact"
_PAGE = f"Zq Page-{ME}"
_NEW_PAGE = {"title": "Zq New", "icon": "", "indicator_color": "", "parent": "", "public": 0}
_POINTS = "frappe.social.doctype.energy_point_log.energy_point_log"
_PROFILE = "frappe.desk.page.user_profile.user_profile"
_REPORT = {"report_name": "Sales Register", "filters_json": "{}", "dynamic_filters_json": "{}"}


def _state(side: Side) -> dict:
	return {"doc": whole("Prospect", side)}


def _participant(side: Side) -> dict:
	row = frappe.db.get_value("Event Participants", {"parent": side.names["Event"]})
	return {
		"event": {"doctype": "Event", "name": side.names["Event"]},
		"reference_doctype": "Event Participants",
		"reference_docname": row,
	}


def _who_has_points(**more: object) -> Callable[[Side], dict]:
	return lambda side: {
		"user": frappe.db.get_value("Energy Point Log", side.names["Energy Point Log"], "user"),
		**more,
	}


def _in_dashboard(name: str) -> dict:
	return {"args": {"dashboard": desk_furniture.DASHBOARD, "chart_name": name, "name": name, "label": name}}


DESK: Given = {
	"frappe.apps.get_incomplete_setup_route": lambda side: {"current_app": "erpnext", "app_route": "/app"},
	"frappe.client.get_js": lambda side: {"items": ["assets/frappe/js/desk.bundle.js"]},
	f"{_CONTACTS}.address_query": lambda side: {
		"links": [{"link_doctype": "Customer", "link_name": side.names["Customer"]}]
	},
	f"{_CONTACTS}.contact_query": lambda side: {
		"doctype": "Contact",
		"txt": "",
		"searchfield": "name",
		"start": 0,
		"page_len": 20,
		"filters": {"link_doctype": "Customer", "link_name": side.names["Customer"]},
	},
	f"{_CONTACTS}.invite_user": lambda side: {
		"contact": frappe.db.get_value("Contact", {"first_name": f"{side.word} lead"})
	},
	"frappe.core.doctype.log_settings.log_settings.get_log_doctypes": lambda side: {
		"doctype": "DocType",
		"txt": "",
		"searchfield": "name",
		"start": 0,
		"page_len": 20,
		"filters": [["DocType", "is_virtual", "=", 0]],
	},
	"frappe.core.doctype.session_default_settings.session_default_settings.set_session_default_values": (
		lambda side: {"default_values": {"company": COMPANY, "customer": side.names["Customer"]}}
	),
	"frappe.custom.doctype.customize_form.customize_form.get_link_filters_from_doc_without_customisations": (
		lambda side: {"doctype": "Sales Order", "fieldname": "customer"}
	),
	"frappe.desk.desk_page.getpage": lambda side: {"name": "leaderboard"},
	f"{_CHARTS}.add_chart_to_dashboard": lambda side: _in_dashboard(desk_furniture.CHART),
	f"{_CHARTS}.create_dashboard_chart": lambda side: {
		"args": {**desk_furniture.CHART_VALUES, "chart_name": "Zq New"}
	},
	f"{_CHARTS}.create_report_chart": lambda side: {
		"args": {
			**_REPORT,
			"chart_name": "Zq New",
			"chart_type": "Report",
			"type": "Line",
		}
	},
	"frappe.desk.doctype.dashboard_settings.dashboard_settings.save_chart_config": lambda side: {
		"reset": 0,
		"config": {"type": "Bar"},
		"chart_name": desk_furniture.CHART,
	},
	"frappe.desk.doctype.desktop_icon.desktop_icon.set_order": lambda side: {"new_order": ["Sales Order"]},
	"frappe.desk.doctype.desktop_icon.desktop_icon.update_icons": lambda side: {
		"hidden_list": [],
		"user": ME,
	},
	"frappe.desk.doctype.event.event.delete_communication": _participant,
	"frappe.desk.doctype.form_tour.form_tour.update_user_status": lambda side: {
		"value": {"is_completed": 1},
		"step": {"parent": "A tour", "title": "A step"},
	},
	"frappe.desk.doctype.kanban_board.kanban_board.save_settings": lambda side: {
		"board_name": BOARD,
		"settings": {"fields": ["subject"], "show_labels": 1},
	},
	"frappe.desk.doctype.list_view_settings.list_view_settings.save_listview_settings": lambda side: {
		"doctype": "Sales Order",
		"listview_settings": {"disable_count": 0, "fields": "[]"},
		"removed_listview_fields": [],
	},
	f"{_CARDS}.add_card_to_dashboard": lambda side: _in_dashboard(desk_furniture.CARD),
	f"{_CARDS}.create_number_card": lambda side: {"args": {**desk_furniture.CARD_VALUES, "label": "Zq New"}},
	f"{_CARDS}.create_report_number_card": lambda side: {
		"args": {
			**_REPORT,
			"label": "Zq New",
			"type": "Report",
			"report_field": "grand_total",
			"report_function": "Sum",
		}
	},
	f"{_CARDS}.get_percentage_difference": lambda side: {
		"doc": {"name": desk_furniture.CARD},
		"filters": [],
		"result": 3,
	},
	"frappe.desk.doctype.onboarding_step.onboarding_step.get_onboarding_steps": lambda side: {
		"ob_steps": [{"step": frappe.db.get_value("Onboarding Step", {})}]
	},
	f"{_WORKSPACES}.delete_page": lambda side: {"page": {"name": _PAGE, "title": "Zq Page", "public": 0}},
	f"{_WORKSPACES}.duplicate_page": lambda side: {"page_name": "Selling", "new_page": _NEW_PAGE},
	f"{_WORKSPACES}.hide_page": lambda side: {"page_name": _PAGE},
	f"{_WORKSPACES}.unhide_page": lambda side: {"page_name": _PAGE},
	f"{_WORKSPACES}.new_page": lambda side: {
		"new_page": {**_NEW_PAGE, "label": f"Zq New-{ME}", "for_user": ME, "content": "[]"}
	},
	f"{_WORKSPACES}.save_page": lambda side: {
		"title": "Zq Page",
		"public": 0,
		"new_widgets": {},
		"blocks": "[]",
	},
	f"{_WORKSPACES}.sort_pages": lambda side: {
		"sb_public_items": [],
		"sb_private_items": [{"title": "Zq Page", "parent_page": ""}],
	},
	f"{_WORKSPACES}.update_page": lambda side: {**_NEW_PAGE, "name": _PAGE},
	"frappe.desk.form.assign_to.close": lambda side: {
		"doctype": "Sales Order",
		"name": side.names["Sales Order"],
		"assign_to": ME,
	},
	"frappe.desk.form.load.get_user_info_for_viewers": lambda side: {"users": ["Administrator"]},
	**dict.fromkeys(
		("frappe.desk.form.save.savedocs", "branch_crm.branch_access.satellite_api.savedocs"),
		lambda side: {"doc": whole("Task", side), "action": "Save"},
	),
	"frappe.desk.leaderboard.get_energy_point_leaderboard": lambda side: {
		"date_range": ["2000-01-01", "2100-01-01"]
	},
	"frappe.desk.query_report.save_report": lambda side: {
		"reference_report": "Sales Register",
		"report_name": "Zq Saved",
		"columns": [],
		"filters": {"customer": side.names["Customer"]},
	},
	"frappe.desk.reportview.delete_report": lambda side: {"name": desk_furniture.UNUSED_LIST},
	"frappe.desk.reportview.get_filter_dashboard_data": lambda side: {
		"stats": [{"name": "transaction_date", "type": "Date"}],
		"doctype": "Sales Order",
		"filters": [["Sales Order", "customer", "=", side.names["Customer"]]],
	},
	"frappe.desk.treeview.add_node": lambda side: {
		"doctype": "Task",
		"parent": frappe.db.get_value("Task", {"subject": f"{side.word} group"}),
		"is_root": "false",
		"subject": "A task",
		"project": side.names["Project"],
	},
	f"{_WORKFLOW}.apply_workflow": lambda side: {**_state(side), "action": "Approve"},
	f"{_WORKFLOW}.get_transitions": _state,
	f"{_WORKFLOW}.can_cancel_document": lambda side: {"doctype": "Prospect"},
	f"{_WORKFLOW}.get_common_transition_actions": lambda side: {
		"docs": [{"doctype": "Prospect", "name": side.names["Prospect"]}],
		"doctype": "Prospect",
	},
	f"{_PROFILE}.get_energy_points_heatmap_data": _who_has_points(date=nowdate()),
	f"{_PROFILE}.get_energy_points_list": _who_has_points(start=0, limit=20),
	f"{_PROFILE}.get_energy_points_percentage_chart_data": _who_has_points(field="reference_name"),
	f"{_PROFILE}.get_user_rank": _who_has_points(),
	f"{_POINTS}.get_energy_points": _who_has_points(),
	f"{_POINTS}.get_user_energy_and_review_points": _who_has_points(),
	"frappe.integrations.doctype.connected_app.connected_app.has_token": lambda side: {
		"connected_app": desk_furniture.CONNECTED
	},
}
