"""What is said of the portal fits what is said of branches."""

from branch_crm.branch_access import methods, naming_scopes, portal_methods, portal_scopes, scopes

ENTRIES = {entry["doctype"]: entry for entry in scopes.SCOPES}
PORTAL = {entry["doctype"]: entry for entry in portal_scopes.SCOPES}
# they name no party, or are only for people who work here
NOT_FOR_THE_PORTAL = {"Branch", "Prospect", "Journal Entry"}
OPEN = {
	entry["method"]
	for entry in methods.METHODS
	if entry["method"].startswith(portal_methods.MODULES) or entry["method"] in portal_methods.FUNCTIONS
}


def test_every_document_that_branches_limit_is_for_the_portal_or_is_not() -> None:
	documents = {doctype for doctype, entry in ENTRIES.items() if entry["by"] not in ("attached", "optional")}
	assert documents - set(PORTAL) - set(naming_scopes.FIELDS) == NOT_FOR_THE_PORTAL


def test_each_doctype_of_the_portal_is_said_once_and_is_limited_by_branches() -> None:
	assert len(PORTAL) == len(portal_scopes.SCOPES)
	assert set(PORTAL) <= set(ENTRIES)
	assert all(entry.get("party") or entry.get("person") for entry in PORTAL.values())


def test_what_hangs_on_documents_names_no_party_of_its_own() -> None:
	attached = {doctype for doctype, entry in ENTRIES.items() if entry["by"] == "attached"}
	assert {doctype for doctype in attached & set(PORTAL) if "party" in PORTAL[doctype]} == set()


def test_no_function_of_the_portal_is_closed_or_writes_without_asking() -> None:
	said = {entry["method"]: entry.get("policy", "checked") for entry in methods.METHODS}
	assert {method for method in OPEN if said[method] in ("closed", "writes", "search")} == set()


def test_the_portal_s_modules_are_whole_modules_and_hold_none_of_the_desk() -> None:
	assert all(module.endswith(".") for module in portal_methods.MODULES)
	desk = ("frappe.desk.", "frappe.model.", "erpnext.accounts.", "erpnext.controllers.", "branch_crm.")
	assert not [module for module in portal_methods.MODULES if module.startswith(desk)]
