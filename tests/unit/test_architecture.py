import ast
import runpy
from collections.abc import Callable
from pathlib import Path

import pytest

from branch_crm.branch_access import stand_ins
from tests.unit import architecture as house
from tests.unit import architecture_sources as sources

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / house.APP
SOURCES = house.python_files(ROOT, house.APP, "tests", "scripts")
ROOM_SOURCES = [(room, path) for room in house.ROOMS for path in house.python_files(PACKAGE, room)]
PACKAGE_SOURCES = [path for path in SOURCES if PACKAGE in path.parents]
SCRIPTS = sorted(PACKAGE.rglob("*.js"))
HOOKS = runpy.run_path(str(PACKAGE / "hooks.py"))


# methods that stand for one of Frappe's or ERPNext's, which asks
STAND_INS = {
	f"{path.rpartition('.')[0].replace('.', '/')}.py:{path.rpartition('.')[2]}"
	for path in stand_ins.OVERRIDES.values()
}


def _id(path: Path) -> str:
	return str(path.relative_to(ROOT))


def _broken(check: Callable[[str], list], files: list[Path]) -> dict[str, list]:
	"""What the check finds, by file; empty where the house is in order."""
	assert files
	found = {_id(path): check(path.read_text()) for path in files}
	return {name: broken for name, broken in found.items() if broken}


@pytest.mark.parametrize(("room", "path"), ROOM_SOURCES, ids=[_id(path) for _, path in ROOM_SOURCES])
def test_rooms_import_only_rules_and_queries_of_rooms_below(room: str, path: Path) -> None:
	assert house.imports_upwards(room, path.read_text()) == []


def test_rules_and_statements_know_no_framework() -> None:
	pure = [path for path in PACKAGE_SOURCES if path.name.endswith(house.WITHOUT_FRAPPE)]
	assert pure
	assert {_id(path): house.frameworks_imported(path.read_text()) for path in pure} == {
		_id(path): [] for path in pure
	}


def test_what_knows_no_framework_gets_none_through_others() -> None:
	names = (*house.WITHOUT_FRAPPE, "custom_fields.py", "terminal.py")
	pure = [path for path in PACKAGE_SOURCES if path.name.endswith(names)]
	assert pure
	found = {_id(path): sources.impure_imports(ROOT, path) for path in pure}
	assert {name: modules for name, modules in found.items() if modules} == {}


def test_nothing_is_imported_by_dots() -> None:
	assert _broken(sources.relative_imports, SOURCES) == {}


def test_no_file_holds_two_things() -> None:
	scripts = [path for folder in ("scripts", "tests") for path in (ROOT / folder).rglob("*.js")]
	files = [*SOURCES, *SCRIPTS, *scripts, *PACKAGE.rglob("*.html")]
	long = {_id(path): len(path.read_text().splitlines()) for path in files}
	assert {name: lines for name, lines in long.items() if lines > house.MAX_LINES} == {}


def test_nothing_is_imported_inside_a_function() -> None:
	found = {_id(path): house.imports_inside_functions(path.read_text()) for path in SOURCES}
	# the block that Frappe generates in DocType classes is no function
	assert {name: lines for name, lines in found.items() if lines} == {}


def test_packages_hold_no_logic() -> None:
	found = {_id(path): house.logic_in(path.read_text()) for path in SOURCES if path.name == "__init__.py"}
	assert {name: lines for name, lines in found.items() if lines} == {}


def test_every_function_says_what_it_returns() -> None:
	found = {_id(path): house.functions_without_return_type(path.read_text()) for path in SOURCES}
	assert {name: functions for name, functions in found.items() if functions} == {}


def test_every_argument_and_result_of_a_whitelisted_method_is_typed() -> None:
	assert _broken(sources.untyped_whitelisted, PACKAGE_SOURCES) == {}


def test_whitelisted_methods_ask_for_a_permission_before_anything_else() -> None:
	found = _broken(sources.whitelisted_that_do_not_ask, PACKAGE_SOURCES)
	open_doors = {f"{name}:{function}" for name, functions in found.items() for function in functions}
	assert open_doors - STAND_INS == set()


def test_permissions_are_switched_off_only_with_a_reason_however_it_is_written() -> None:
	def unexplained(source: str) -> list[int]:
		return sources.unexplained(source, sources.ignored_permissions(source))

	assert _broken(unexplained, PACKAGE_SOURCES) == {}


def test_who_commits_says_why() -> None:
	def unexplained(source: str) -> list[int]:
		return sources.unexplained(source, sources.commits(source))

	assert _broken(unexplained, PACKAGE_SOURCES) == {}


def test_only_jobs_and_commands_commit() -> None:
	files = [path for path in SOURCES if PACKAGE in path.parents]
	committing = {path.name for path in files if "frappe.db.commit(" in path.read_text()}
	# a topic of a room may have a file of jobs of its own: `backfill_jobs.py`
	assert {name for name in committing if not name.endswith("jobs.py")} <= {"commands.py"}


def test_no_file_has_a_name_that_says_nothing() -> None:
	assert [_id(path) for path in SOURCES if path.name in house.NAMES_THAT_SAY_NOTHING] == []


def test_hooks_is_one_short_map() -> None:
	assert len((PACKAGE / "hooks.py").read_text().splitlines()) < house.MAX_LINES


@pytest.mark.parametrize("dotted", sorted(set(house.dotted_paths(HOOKS))))
def test_every_path_in_hooks_exists(dotted: str) -> None:
	assert house.exists(ROOT, dotted)


def test_every_path_in_hooks_names_something_in_a_module() -> None:
	paths = sorted(set(house.dotted_paths(HOOKS)))
	assert paths
	assert [dotted for dotted in paths if not sources.names_an_attribute(ROOT, dotted)] == []


def test_every_path_that_stands_in_quotes_exists() -> None:
	named = {path: sources.quoted_paths(path.read_text()) for path in [*PACKAGE_SOURCES, *SCRIPTS]}
	assert any(named.values())
	missing = {
		_id(path): [dotted for dotted in paths if not house.exists(ROOT, dotted)]
		for path, paths in named.items()
	}
	assert {name: paths for name, paths in missing.items() if paths} == {}


def test_client_scripts_call_only_whitelisted_methods() -> None:
	callable_methods = {
		".".join([*path.relative_to(ROOT).with_suffix("").parts, function.name])
		for path in PACKAGE_SOURCES
		for function in sources.whitelisted(path.read_text())
	}
	called = {dotted for path in SCRIPTS for dotted in sources.quoted_paths(path.read_text())}
	assert called
	assert called - callable_methods == set()


def test_lists_and_dicts_are_also_taken_as_the_text_that_the_desk_sends() -> None:
	for path in PACKAGE_SOURCES:
		for function in sources.whitelisted(path.read_text()):
			taken = {argument.arg: argument.annotation for argument in function.args.args}
			# Frappe reads the text of a link query's filters itself
			if "searchfield" in taken:
				continue
			for name, annotation in taken.items():
				kinds = ast.unparse(annotation).split("|") if annotation else ()
				kinds = {kind.partition("[")[0].strip() for kind in kinds}
				assert not kinds & {"list", "dict"} or "str" in kinds, f"{path} {function.name} {name}"


def test_every_patch_can_be_executed() -> None:
	lines = (PACKAGE / "patches.txt").read_text().splitlines()
	assert [line for line in lines if not sources.names_a_patch(ROOT, line)] == []


def test_every_client_script_exists() -> None:
	scripts = sources.script_paths(HOOKS)
	assert scripts
	assert [script for script in scripts if not (PACKAGE / script).exists()] == []


def test_every_client_script_is_named_in_hooks() -> None:
	present = {str(path.relative_to(PACKAGE)) for path in PACKAGE.glob("*/client_scripts/*.js")}
	assert present == set(sources.script_paths(HOOKS))


@pytest.mark.parametrize("name", ["hooks.py", "fixtures", "patches"])
def test_links_of_the_root_lead_into_the_package(name: str) -> None:
	link = ROOT / name
	assert link.is_symlink()
	assert not link.readlink().is_absolute()
	assert link.resolve() == (PACKAGE / name).resolve()


def test_every_module_is_a_room_and_every_room_a_module() -> None:
	modules = {line.lower().replace(" ", "_") for line in (PACKAGE / "modules.txt").read_text().splitlines()}
	rooms = {path.name for path in PACKAGE.iterdir() if path.name in house.ROOMS}
	assert modules == rooms


def test_every_folder_of_the_package_is_a_room_or_frappe_s() -> None:
	assert sources.unknown_folders(PACKAGE) == []


def test_custom_fields_carry_their_module_and_a_label() -> None:
	for room in house.ROOMS:
		file = PACKAGE / room / "custom_fields.py"
		if not file.exists():
			continue
		for doctype, fields in runpy.run_path(str(file))["CUSTOM_FIELDS"].items():
			for field in fields:
				named = f"{doctype}.{field['fieldname']}"
				assert field["module"].lower().replace(" ", "_") == room, named
				assert field.get("label") or "Break" in field["fieldtype"], named
