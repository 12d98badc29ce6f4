import ast
import json
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "branch_crm"
RECORDS = [
	path
	for path in PACKAGE.glob("*/*/*/*.json")
	if path.parent.parent.name in {"doctype", "report", "page", "workspace", "print_format"}
]
DOCTYPES = [path for path in RECORDS if path.parent.parent.name == "doctype"]
LAYOUT = {"Section Break", "Column Break", "Tab Break", "HTML"}


def _id(path: Path) -> str:
	return path.stem


@pytest.mark.parametrize("path", RECORDS, ids=_id)
def test_records_belong_to_the_room_they_stand_in(path: Path) -> None:
	record = json.loads(path.read_text())
	assert record["module"].lower().replace(" ", "_") == path.parents[2].name
	assert record["name"].lower().replace(" ", "_").replace("-", "_") == path.stem == path.parent.name
	assert record.get("is_standard", record.get("standard", "Yes")) == "Yes"
	assert not record.get("custom")
	assert (path.parent / "__init__.py").exists()


@pytest.mark.parametrize("path", DOCTYPES, ids=_id)
def test_fields_are_named_ordered_and_labelled(path: Path) -> None:
	doctype = json.loads(path.read_text())
	names = [field["fieldname"] for field in doctype["fields"]]
	assert len(names) == len(set(names))
	assert names == doctype["field_order"]
	assert [
		f["fieldname"] for f in doctype["fields"] if f["fieldtype"] not in LAYOUT and not f.get("label")
	] == []


@pytest.mark.parametrize("path", DOCTYPES, ids=_id)
def test_child_tables_have_no_permissions_and_others_have(path: Path) -> None:
	doctype = json.loads(path.read_text())
	assert bool(doctype["permissions"]) != bool(doctype.get("istable"))


@pytest.mark.parametrize("path", DOCTYPES, ids=_id)
def test_branch_links_of_child_rows_ignore_user_permissions(path: Path) -> None:
	# Frappe would demand that all rows are allowed, where one is enough
	doctype = json.loads(path.read_text())
	links = [f for f in doctype["fields"] if f["fieldtype"] == "Link" and f.get("options") == "Branch"]
	if doctype.get("istable"):
		assert all(link.get("ignore_user_permissions") for link in links)


@pytest.mark.parametrize("path", DOCTYPES, ids=_id)
def test_controllers_have_the_class_that_frappe_looks_for(path: Path) -> None:
	name = json.loads(path.read_text())["name"].replace(" ", "").replace("-", "")
	source = ast.parse(path.with_suffix(".py").read_text())
	assert name in {node.name for node in source.body if isinstance(node, ast.ClassDef)}
