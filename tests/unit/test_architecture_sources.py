"""The rules about paths, purity and guards can fail: each is shown a source that breaks it."""

from pathlib import Path

import pytest

from tests.unit import architecture_sources as sources


def write(root: Path, name: str, source: str) -> Path:
	file = root / "branch_crm" / name
	file.parent.mkdir(parents=True, exist_ok=True)
	file.write_text(source)
	return file


def test_an_import_by_dots_is_noticed() -> None:
	assert sources.relative_imports("from . import events\nfrom ..credit_control import rules") == [1, 2]
	assert sources.relative_imports("from branch_crm.branch_access import rules") == []


def test_a_framework_behind_another_module_is_noticed(tmp_path: Path) -> None:
	write(tmp_path, "room/queries.py", "import frappe\n")
	through = write(tmp_path, "room/statements.py", "from branch_crm.room.queries import rows\n")
	by_module = write(tmp_path, "room/rules.py", "import re\nfrom branch_crm.room import queries\n")
	pure = write(tmp_path, "room/judge.py", "from dataclasses import dataclass\n")
	assert sources.impure_imports(tmp_path, through) == ["frappe"]
	assert sources.impure_imports(tmp_path, by_module) == ["frappe"]
	assert sources.impure_imports(tmp_path, pure) == []


def test_modules_that_import_each_other_are_read_once(tmp_path: Path) -> None:
	first = write(tmp_path, "room/rules.py", "from branch_crm.room.statements import x\n")
	write(tmp_path, "room/statements.py", "from branch_crm.room.rules import y\nimport erpnext\n")
	assert sources.impure_imports(tmp_path, first) == ["erpnext"]


def test_a_hook_to_a_module_or_to_nothing_is_noticed(tmp_path: Path) -> None:
	write(tmp_path, "events.py", "LIMIT: int = 3\nasync def act() -> None:\n\tpass\n")
	assert sources.names_an_attribute(tmp_path, "branch_crm.events.act")
	assert sources.names_an_attribute(tmp_path, "branch_crm.events.LIMIT")
	assert not sources.names_an_attribute(tmp_path, "branch_crm.events")
	assert not sources.names_an_attribute(tmp_path, "branch_crm.events.react")
	assert not sources.names_an_attribute(tmp_path, "branch_crm.nowhere.act")


def test_a_name_inside_a_function_is_not_offered() -> None:
	assert sources.defined_names("def f() -> None:\n\tg = 1\n\tdef h() -> None: ...") == {"f"}
	assert sources.defined_names("from a import b as c\nclass D: ...") == {"c", "D"}


@pytest.mark.parametrize(
	("line", "sound"),
	[
		("branch_crm.patches.good", True),
		("branch_crm.patches.good #2026-11-24", True),
		("[post_model_sync]", True),
		("# words", True),
		("", True),
		("execute:frappe.clear_cache()", True),
		("branch_crm.patches.idle", False),
		("branch_crm.patches.gone", False),
	],
)
def test_a_patch_without_execute_is_noticed(tmp_path: Path, line: str, sound: bool) -> None:
	write(tmp_path, "patches/good.py", "def execute() -> None:\n\tpass\n")
	write(tmp_path, "patches/idle.py", "def run() -> None:\n\tpass\n")
	assert sources.names_a_patch(tmp_path, line) == sound


def test_paths_are_found_in_every_kind_of_quotes() -> None:
	text = "frappe.xcall('branch_crm.a.b'); call(\"branch_crm.c.d\"); `branch_crm.e`; // branch_crm.f.g"
	assert sources.quoted_paths(text) == ["branch_crm.a.b", "branch_crm.c.d", "branch_crm.e"]


def test_scripts_are_found_in_every_hook_that_names_some() -> None:
	hooks = {
		"doctype_js": {"Customer": ["a.js", "b.js"]},
		"page_js": {"point-of-sale": "c.js"},
		"app_include_js": "/assets/branch_crm/bundle.js",
		"doc_events": {"Customer": {"validate": "branch_crm.x.y"}},
	}
	assert sources.script_paths(hooks) == ["a.js", "b.js", "c.js"]


def test_a_folder_that_is_no_room_is_noticed(tmp_path: Path) -> None:
	for name in ("branch_access", "demo", "__pycache__", "common"):
		(tmp_path / name).mkdir()
	assert sources.unknown_folders(tmp_path) == ["common"]


@pytest.mark.parametrize(
	"signature",
	["f(name) -> str", "f(name: str)", "f(*, name) -> str", "f(**filters) -> str", "f(*names) -> str"],
)
def test_a_whitelisted_argument_or_result_without_type_is_noticed(signature: str) -> None:
	assert sources.untyped_whitelisted(f"@frappe.whitelist()\ndef {signature}: ...") == ["f"]


def test_only_what_requests_may_call_must_be_typed_for_them() -> None:
	assert sources.untyped_whitelisted("def f(name): ...") == []
	method = "class Doc:\n\t@frappe.whitelist()\n\tdef f(self, name: str) -> None: ..."
	assert sources.untyped_whitelisted(method) == []
	assert sources.untyped_whitelisted(method.replace(": str", "")) == ["f"]


@pytest.mark.parametrize(
	("body", "asks"),
	[
		("return frappe.db.get_value('X', name)", False),
		("user = frappe.session.user\n\treturn user", False),
		("a = 1\n\tb = 2\n\tfrappe.only_for('X')", False),
		("frappe.only_for('System Manager')", True),
		("'''Words.'''\n\ta = 1\n\tfrappe.has_permission('X', throw=True)", True),
		("_only_for_administrators()", True),
		("user = name\n\tif user != frappe.session.user and not _is_head_office(): raise X", True),
		("frappe.get_doc('X', name).check_permission('read')", True),
	],
)
def test_a_method_that_answers_before_it_asks_is_noticed(body: str, asks: bool) -> None:
	source = f"@frappe.whitelist(methods=['POST'])\ndef f(name: str) -> str:\n\t{body}"
	assert sources.whitelisted_that_do_not_ask(source) == ([] if asks else ["f"])


@pytest.mark.parametrize(
	"line",
	[
		"doc.insert(ignore_permissions=True)",
		"doc.flags.ignore_permissions = True",
		"doc.flags.update({'ignore_permissions': 1})",
	],
)
def test_switching_permissions_off_without_a_reason_is_noticed(line: str) -> None:
	def unexplained(source: str) -> list[int]:
		return sources.unexplained(source, sources.ignored_permissions(source))

	assert unexplained(line) == [1]
	assert unexplained(f"'# no comment'\n{line}") == [2]
	assert unexplained(f"{line} # the job's own row") == []
	assert unexplained(f"# the job's own row\n{line}") == []
	assert unexplained(f"# too far away\nx = 1\n{line}") == [3]
	assert unexplained(line.replace("True", "False").replace("1", "0")) == []


def test_a_commit_is_noticed() -> None:
	assert sources.commits("x = 1\nfrappe.db.commit()\nrepo.commit()") == [2]
