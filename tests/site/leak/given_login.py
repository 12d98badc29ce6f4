"""What functions of accounts and of the website take, by their paths."""

import frappe

from tests.site.leak import desk_furniture
from tests.site.leak.client import ME
from tests.site.leak.given_frappe import Given
from tests.site.leak.world import Side

_WEB_FORMS = "frappe.website.doctype.web_form.web_form"


def _authorization(side: Side) -> dict:
	client = frappe.db.get_value("OAuth Client", {}, ["client_id", "default_redirect_uri"], as_dict=True)
	return {
		"client_id": client.client_id,
		"redirect_uri": client.default_redirect_uri,
		"response_type": "code",
		"scope": "all",
	}


LOGIN: Given = {
	"frappe.core.doctype.user.user.get_module_profile": lambda side: {
		"module_profile": desk_furniture.PROFILE
	},
	"frappe.core.doctype.user.user.get_roles": lambda side: {"uid": ME},
	"frappe.core.doctype.user.user.sign_up": lambda side: {
		"email": "new@x.example",
		"full_name": "A name",
		"redirect_to": "",
	},
	"frappe.core.doctype.user.user.update_password": lambda side: {
		"new_password": f"{desk_furniture.PASSWORD}-new",
		"old_password": desk_furniture.PASSWORD,
	},
	"frappe.core.doctype.user.user.verify_password": lambda side: {"password": desk_furniture.PASSWORD},
	"frappe.core.doctype.user_permission.user_permission.add_user_permissions": lambda side: {
		"data": {
			"user": "leak-nobody@branch-crm.example",
			"doctype": "Customer",
			"docname": side.names["Customer"],
			"is_default": 0,
			"apply_to_all_doctypes": 1,
			"applicable_doctypes": [],
		}
	},
	"frappe.integrations.oauth2.authorize": _authorization,
	f"{_WEB_FORMS}.accept": lambda side: {
		"web_form": "addresses",
		"data": {
			"web_form_name": "addresses",
			"name": side.names["Address"],
			"address_title": "A title",
			"address_type": "Billing",
			"address_line1": "A street",
			"city": "A town",
			"country": "India",
		},
	},
	f"{_WEB_FORMS}.delete": lambda side: {"web_form_name": "issues", "docname": side.names["Issue"]},
	f"{_WEB_FORMS}.delete_multiple": lambda side: {
		"web_form_name": "issues",
		"docnames": [side.names["Issue"]],
	},
	"frappe.www.contact.send_message": lambda side: {"sender": "x@x.example", "message": "A text"},
	"frappe.www.login.send_login_link": lambda side: {"email": ME},
}
