"""The house's own rules can fail: each is shown a source that breaks it."""

from pathlib import Path

from tests.unit import architecture as house


def test_a_higher_room_is_noticed() -> None:
	source = "from branch_crm.credit_control.rules import judge"
	assert house.imports_upwards("branch_access", source)
	assert house.imports_upwards("sales_pipeline", source) == []


def test_events_of_a_lower_room_are_noticed() -> None:
	source = "from branch_crm.branch_access import events"
	assert house.imports_upwards("credit_control", source) == ["branch_crm.branch_access.events"]


def test_a_framework_is_noticed() -> None:
	assert house.frameworks_imported("from frappe.utils import getdate")
	assert house.frameworks_imported("from datetime import date") == []


def test_a_late_import_is_noticed() -> None:
	assert house.imports_inside_functions("def f() -> None:\n\timport os") == [2]


def test_logic_in_a_package_is_noticed() -> None:
	assert house.logic_in('"""Words."""\nX = 1\nprint(X)') == [3]


def test_a_missing_return_type_is_noticed() -> None:
	assert house.functions_without_return_type("def f():\n\tpass") == ["f"]


def test_a_path_to_nothing_is_noticed(tmp_path: Path) -> None:
	(tmp_path / "branch_crm").mkdir()
	(tmp_path / "branch_crm" / "install.py").write_text("def after_install() -> None:\n\tpass\n")
	assert house.exists(tmp_path, "branch_crm.install.after_install")
	assert not house.exists(tmp_path, "branch_crm.install.before_install")
	assert not house.exists(tmp_path, "branch_crm.nowhere.f")


def test_paths_are_found_however_deep() -> None:
	hooks = {"doc_events": {"Branch": {"validate": ["branch_crm.a.b", "other.c"]}}}
	assert list(house.dotted_paths(hooks)) == ["branch_crm.a.b"]
