import ast
import json
import runpy
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "branch_crm"
# what Frappe imports as Python, and what it only reads
WITH_CODE = {"doctype", "report", "page", "dashboard_chart_source", "print_format"}
READ_ONLY = {"workspace", "number_card", "dashboard_chart"}
RECORDS = [path for path in PACKAGE.glob("*/*/*/*.json") if path.parent.parent.name in WITH_CODE | READ_ONLY]
DOCTYPES = [path for path in RECORDS if path.parent.parent.name == "doctype"]
LAYOUT = {"Section Break", "Column Break", "Tab Break", "HTML"}
WITHOUT_VALUE = {*LAYOUT, "Button", "Heading", "Fold", "Image"}
OF_CHILD_ROWS = {"parent", "parentfield", "parenttype"}
TABLES = {"Table", "Table MultiSelect"}
CUSTOM_FIELDS = [
	field
	for path in PACKAGE.glob("*/custom_fields.py")
	for fields in runpy.run_path(str(path))["CUSTOM_FIELDS"].values()
	for field in fields
]


def _id(path: Path) -> str:
	return path.stem


@pytest.mark.parametrize("path", RECORDS, ids=_id)
def test_records_belong_to_the_room_they_stand_in(path: Path) -> None:
	record = json.loads(path.read_text())
	assert record["module"].lower().replace(" ", "_") == path.parents[2].name
	assert record["name"].lower().replace(" ", "_").replace("-", "_") == path.stem == path.parent.name
	assert record.get("is_standard", record.get("standard", "Yes")) in ("Yes", 1)
	assert not record.get("custom")
	assert (path.parent / "__init__.py").exists() == (path.parent.parent.name in WITH_CODE)


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


def test_there_is_something_to_look_at() -> None:
	assert DOCTYPES
	assert {path.parent.parent.name for path in RECORDS} >= {"doctype", "report", "page"}


@pytest.mark.parametrize("path", RECORDS, ids=_id)
def test_records_are_written_as_frappe_exports_them(path: Path) -> None:
	# else the first save in developer mode rewrites the file
	text = path.read_text()
	exported = json.dumps(json.loads(text), indent=1, sort_keys=True, separators=(",", ": "))
	assert text.rstrip("\n") == exported


@pytest.mark.parametrize("path", DOCTYPES, ids=_id)
def test_fields_that_lists_sort_and_search_by_exist(path: Path) -> None:
	doctype = json.loads(path.read_text())
	known = {*(field["fieldname"] for field in doctype["fields"]), "name", "owner", "creation", "modified"}
	named = [doctype.get(key) for key in ("title_field", "image_field", "sort_field")]
	named += (doctype.get("search_fields") or "").replace(" ", "").split(",")
	assert {name for name in named if name} <= known


def test_tables_hold_rows_of_child_doctypes() -> None:
	records = [json.loads(path.read_text()) for path in DOCTYPES]
	children = {record["name"] for record in records if record.get("istable")}
	fields = [*CUSTOM_FIELDS, *(field for record in records for field in record["fields"])]
	used = {field["options"] for field in fields if field["fieldtype"] in TABLES}
	own = {record["name"] for record in records}
	assert used & own == children, "a child DocType that no table uses, or a table of something else"


@pytest.mark.parametrize("path", DOCTYPES, ids=_id)
def test_controllers_declare_the_fields_of_their_record(path: Path) -> None:
	doctype = json.loads(path.read_text())
	source = ast.parse(path.with_suffix(".py").read_text())
	declared = {
		node.target.id
		for node in ast.walk(source)
		if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
	}
	fields = {field["fieldname"] for field in doctype["fields"] if field["fieldtype"] not in WITHOUT_VALUE}
	assert declared == fields | (OF_CHILD_ROWS if doctype.get("istable") else set())


@pytest.mark.parametrize("path", RECORDS, ids=_id)
def test_reports_and_pages_have_what_frappe_runs(path: Path) -> None:
	record = json.loads(path.read_text())
	if record.get("report_type") == "Script Report":
		source = ast.parse(path.with_suffix(".py").read_text())
		assert "execute" in {node.name for node in source.body if isinstance(node, ast.FunctionDef)}
		assert record["report_name"] == record["name"]
	if record["doctype"] == "Page":
		assert path.with_suffix(".js").exists()
		assert record["page_name"] == record["name"]
	if record["doctype"] in ("Page", "Report"):
		assert record["roles"], "open to everybody"
