import os
from collections.abc import Iterator

import frappe
import pytest
from frappe.model.document import Document
from frappe.utils import caching, now_datetime

from branch_crm.branch_access import api, doctype_facts, member_queries, queries, registry
from tests.site import company, credit, tills
from tests.site import portal as portals

# what else tests make that commit
MADE = ("POS Closing Entry", "POS Invoice Merge Log", "POS Opening Entry", "POS Profile", "Mode of Payment")
MADE += ("Branch Member Count", "Comment", "Version", "Item", "Item Price", "User", "User Permission", "File")
MADE += ("Data Import", "Data Import Log", "Branch Responsibility", "DocShare", "DefaultValue")
MADE += ("Notification Settings", "Branch Withdrawal", "ToDo", "Document Follow", "Dynamic Link")
MADE += ("Customer Category",)
# what is known of all DocTypes, and the version that it was read at
FACTS = (doctype_facts.KEPT, "metadata_version")


def pytest_configure(config: pytest.Config) -> None:
	"""Connect to the site of BRANCH_CRM_SITE, of several each process to its own; refuse one that does not allow
	tests."""
	is_process = "PYTEST_XDIST_WORKER" in os.environ
	if getattr(config.option, "numprocesses", None) and not is_process:
		return
	for variable in ("BRANCH_CRM_BENCH", "BRANCH_CRM_SITE"):
		if variable not in os.environ:
			pytest.exit(f"The site tier needs {variable}; `make test` sets it.", returncode=1)
	process = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
	os.environ["BRANCH_CRM_SITE"] = os.environ["BRANCH_CRM_SITE"].split(",")[process]
	os.chdir(os.path.join(os.environ["BRANCH_CRM_BENCH"], "sites"))
	frappe.init(os.environ["BRANCH_CRM_SITE"])
	frappe.connect()
	if not frappe.conf.allow_tests:
		pytest.exit(f"{frappe.local.site} does not allow tests; take another site.", returncode=1)
	frappe.clear_cache()


@pytest.fixture(autouse=True)
def rolled_back() -> Iterator[None]:
	"""Each test leaves the site as it was; caches do not roll back by themselves."""
	before = _facts()
	yield
	frappe.set_user("Administrator")
	frappe.db.rollback()
	if before != _facts():
		frappe.cache.delete_value(list(FACTS))
	_forget()


@pytest.fixture
def taken_away() -> Iterator[None]:
	"""For what commits: what was made since goes again."""
	began = now_datetime()
	yield
	frappe.set_user("Administrator")
	frappe.db.rollback()
	api.deactivate()
	for doctype in (*registry.scoped_doctypes(), *MADE):
		frappe.db.delete(doctype, {"creation": [">=", began]})
		for field in frappe.get_meta(doctype).get_table_fields():
			frappe.db.delete(field.options, {"creation": [">=", began], "parenttype": doctype})
	frappe.db.commit()


@pytest.fixture
def judged_company(taken_away: None) -> Iterator[None]:
	"""Branches and a company whose sales are judged, for what commits."""
	company.make_tree()
	credit.judge()
	yield
	frappe.db.rollback()
	for doctype in ("Credit Company", "Credit Exposure", "Exposure Entry", "Credit Hold", "Credit Event"):
		frappe.db.delete(doctype)
	frappe.db.commit()


@pytest.fixture
def opening() -> Document:
	"""A till of no branch in particular, opened."""
	tills.make_shop()
	return tills.opened()


@pytest.fixture
def portal() -> portals.Portal:
	return portals.make_portal()


@pytest.fixture
def rights() -> Iterator[None]:
	"""What some companies let their customers do over REST."""
	yield from portals.rights_of_customers()


def _facts() -> list:
	doctype_facts.tables()
	return [frappe.cache.get_value(name, expires=True) for name in FACTS]


def _forget() -> None:
	"""What `frappe.clear_cache()` forgets, but for DocTypes, which few tests change and which take seconds."""
	kept = {
		key
		for name in ("doctype_meta", "app_hooks", "table_columns", *FACTS)
		for key in frappe.cache.get_keys(name)
	}
	frappe.cache.delete_value(list(set(frappe.cache.get_keys("")) - kept), make_keys=False)
	caching._SITE_CACHE.clear()
	frappe.local.cache = {}
	frappe.local.message_log = []
	frappe.local.role_permissions = {}
	# what lives as long as a request elsewhere
	frappe.local.request_cache.clear()
	for name in ("system_settings", "website_settings", "outgoing_email_account"):
		if hasattr(frappe.local, name):
			delattr(frappe.local, name)
	frappe.local.dynamic_link_map = None
	frappe.db.value_cache.clear()
	for kept in ("warehouse_account_map", "dimension_filter_map"):
		frappe.flags.pop(kept, None)
	queries.forget_scopes()
	member_queries.forget_member_counts()
