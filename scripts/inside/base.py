"""Runs inside the bench: answers the setup wizard of a new site.

Usage: base.py <site> <first day of the fiscal year> <last day>
"""

import sys

import frappe
from frappe.desk.page.setup_wizard.setup_wizard import setup_complete

COMPANY = "Banyan Tree Traders Private Limited"
ABBREVIATION = "BTT"


def answer_setup_wizard(first_day: str, last_day: str) -> None:
	frappe.conf.trigger_site_setup_in_background = 0
	setup_complete(
		{
			"language": "English",
			"country": "India",
			"timezone": "Asia/Kolkata",
			"currency": "INR",
			"company_name": COMPANY,
			"company_abbr": ABBREVIATION,
			"chart_of_accounts": "Standard",
			"domain": "Distribution",
			"fy_start_date": first_day,
			"fy_end_date": last_day,
			"enable_telemetry": 0,
			"setup_demo": 0,
		}
	)
	if not frappe.is_setup_complete() or not frappe.db.exists("Company", COMPANY):
		raise SystemExit("The setup wizard did not complete.")


def silence_first_day_dialogs() -> None:
	"""A site for demonstration and tests greets nobody with tours, onboarding or news."""
	settings = {"enable_onboarding": 0, "setup_complete": 1, "disable_system_update_notification": 1}
	settings |= {"disable_change_log_notification": 1, "enable_telemetry": 0}
	meta = frappe.get_meta("System Settings")
	for name, value in settings.items():
		if meta.has_field(name):
			frappe.db.set_single_value("System Settings", name, value)
	frappe.db.set_value("Module Onboarding", {"is_complete": 0}, "is_complete", 1)
	frappe.db.set_value("Form Tour", {"ui_tour": 1}, "ui_tour", 0)
	frappe.db.set_default("desktop:home_page", "workspace")


def main(site: str, first_day: str, last_day: str) -> None:
	frappe.init(site=site, sites_path=".")
	frappe.connect()
	answer_setup_wizard(first_day, last_day)
	silence_first_day_dialogs()
	frappe.db.commit()
	frappe.clear_cache()
	frappe.destroy()


main(*sys.argv[1:])
