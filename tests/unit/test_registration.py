"""What is added to the app later is registered with `branch_access`, where the leak suite finds it as well."""

import json
from pathlib import Path

import pytest

from branch_crm import hooks
from branch_crm.branch_access import report_classes

PACKAGE = Path(__file__).resolve().parents[2] / "branch_crm"
DOCTYPES = [json.loads(path.read_text()) for path in PACKAGE.glob("*/doctype/*/*.json")]
REPORTS = [json.loads(path.read_text())["name"] for path in PACKAGE.glob("*/report/*/*.json")]
SCOPED = {entry["doctype"] for entry in hooks.branch_scopes}
HEAD_OFFICE = "Branch Head Office"
# no branch limits them, and only the few who keep the site read them, or they name what everybody sees
OF_ADMINISTRATORS = {"Branch Member Count", "Branch Access Settings", "Customer Master Settings"}
OF_ADMINISTRATORS |= {"Credit Settings"}


def _names_documents(doctype: dict) -> bool:
	"""Whether it leads to what branches limit, by its fields or those of its tables."""
	tables = {field["options"] for field in doctype["fields"] if field["fieldtype"].startswith("Table")}
	parts = [doctype, *(one for one in DOCTYPES if one["name"] in tables)]
	fields = [field for part in parts for field in part["fields"]]
	return any(
		field["fieldtype"] == "Dynamic Link" or (field["fieldtype"] == "Link" and field["options"] in SCOPED)
		for field in fields
	)


def _is_limited(doctype: dict) -> bool:
	links = {field.get("options") for field in doctype["fields"] if field["fieldtype"] == "Link"}
	is_own_work = all(row.get("if_owner") or row["role"] == HEAD_OFFICE for row in doctype["permissions"])
	# Frappe itself limits what links to a branch
	return doctype["name"] in SCOPED | set(hooks.has_permission) or "Branch" in links or is_own_work


NAMING = [
	doctype
	for doctype in DOCTYPES
	if not doctype.get("istable") and doctype["name"] not in OF_ADMINISTRATORS and _names_documents(doctype)
]


@pytest.mark.parametrize("doctype", NAMING, ids=lambda doctype: doctype["name"])
def test_a_doctype_that_names_documents_of_branches_is_limited_by_them(doctype: dict) -> None:
	assert _is_limited(doctype), f"Add {doctype['name']} to branch_scopes in hooks.py."


def test_those_of_administrators_are_read_by_nobody_else_or_show_no_document() -> None:
	for doctype in DOCTYPES:
		if doctype["name"] in OF_ADMINISTRATORS and not doctype.get("issingle"):
			assert {row["role"] for row in doctype["permissions"]} == {"System Manager"}


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_is_judged(report: str) -> None:
	assert report in report_classes.KNOWN, f"Add {report} to branch_access/report_classes.py."
