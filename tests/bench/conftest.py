import os

import frappe
import pytest


def pytest_configure() -> None:
	"""Connect to the site of BRANCH_CRM_SITE; refuse one that does not allow tests."""
	os.chdir(os.path.join(os.environ["BRANCH_CRM_BENCH"], "sites"))
	frappe.init(os.environ["BRANCH_CRM_SITE"])
	frappe.connect()
	if not frappe.conf.allow_tests:
		pytest.exit(f"{frappe.local.site} does not allow tests; take another site.", returncode=1)
