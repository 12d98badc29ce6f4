"""Functions that no test can call as head office, each with why they may be called all the same; the documents in their
arguments are judged."""

from branch_crm.branch_access.custom_fields import _

_LOGINS = "frappe.integrations.oauth2_logins.login_via"
OPEN: dict[str, tuple[str, ...]] = {
	_("It logs people in, and tells of nobody's documents."): (
		"frappe.integrations.doctype.connected_app.connected_app.callback",
		"frappe.integrations.doctype.ldap_settings.ldap_settings.login",
		"frappe.integrations.oauth2.approve",
		"frappe.integrations.oauth2.get_token",
		"frappe.integrations.oauth2.openid_profile",
		"frappe.integrations.oauth2.revoke_token",
		f"{_LOGINS}_facebook",
		f"{_LOGINS}_fairlogin",
		f"{_LOGINS}_frappe",
		f"{_LOGINS}_github",
		f"{_LOGINS}_google",
		f"{_LOGINS}_keycloak",
		f"{_LOGINS}_office365",
		f"{_LOGINS}_salesforce",
		"frappe.www.login.login_via_key",
		"frappe.www.login.login_via_token",
	),
	_("It asks a service outside, and tells of nobody's documents."): (
		"erpnext.setup.doctype.holiday_list.holiday_list.HolidayList.get_local_holidays",
		"erpnext.stock.doctype.delivery_trip.delivery_trip.DeliveryTrip.process_route",
		"frappe.push_notification.auth_webhook",
		"frappe.push_notification.subscribe",
		"frappe.push_notification.unsubscribe",
		"frappe.website.doctype.website_settings.google_indexing.authorize_access",
	),
	_("It deletes what whoever asks has made himself; what is of others is refused when it is deleted."): (
		"frappe.website.doctype.web_form.web_form.delete",
		"frappe.website.doctype.web_form.web_form.delete_multiple",
	),
	_("It erases what a person has asked to have erased, for administrators."): (
		"frappe.website.doctype.personal_data_deletion_request.personal_data_deletion_request"
		".PersonalDataDeletionRequest.trigger_data_deletion",
	),
	_("It saves the look of the website, which is for head office to write."): (
		"frappe.website.doctype.website_theme.website_theme.WebsiteTheme.set_as_default",
	),
	_("It prints the document that it is told, on a printer of the network."): (
		"frappe.utils.print_format.print_by_server",
	),
	_("It writes the file that Italy asks for, from fields that only companies there have."): (
		"erpnext.regional.italy.utils.generate_single_invoice",
	),
}
