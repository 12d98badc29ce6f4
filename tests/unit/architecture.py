"""The rules of the house, read from the source. Each returns what breaks it, so that each can be shown to fail."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOMS = (
	"branch_access",
	"customer_master",
	"counterparties",
	"party_netting",
	"credit_control",
	"sales_pipeline",
	"branch_tasks",
	"customer_portal",
	"customer_onboarding",
	"branch_insights",
)
APP = "branch_crm"
MAX_LINES = 300
READABLE_FROM_ABOVE = ("rules", "queries")
# a room with several topics has a file of each: `assignment_rules.py`
WITHOUT_FRAPPE = ("rules.py", "statements.py")
NAMES_THAT_SAY_NOTHING = {"utils.py", "helpers.py", "misc.py"}


def python_files(root: Path, *folders: str) -> list[Path]:
	return sorted(path for folder in folders for path in (root / folder).rglob("*.py"))


def imports_of(source: str) -> Iterator[str]:
	"""Dotted modules that a source imports; of `from a import b` both `a` and `a.b`."""
	for node in ast.walk(ast.parse(source)):
		if isinstance(node, ast.Import):
			yield from (alias.name for alias in node.names)
		elif isinstance(node, ast.ImportFrom) and node.module:
			yield node.module
			yield from (f"{node.module}.{alias.name}" for alias in node.names)


def imports_upwards(room: str, source: str) -> list[str]:
	"""Imports of rooms to the right, or of more than rules and queries of rooms to the left."""
	broken = []
	for module in imports_of(source):
		parts = module.split(".")
		if parts[0] != APP or len(parts) < 2 or parts[1] not in ROOMS or parts[1] == room:
			continue
		if ROOMS.index(parts[1]) > ROOMS.index(room):
			broken.append(module)
		elif len(parts) > 2 and not parts[2].endswith(READABLE_FROM_ABOVE):
			broken.append(module)
	return broken


def frameworks_imported(source: str) -> list[str]:
	return [module for module in imports_of(source) if module.split(".")[0] in {"frappe", "erpnext"}]


def imports_inside_functions(source: str) -> list[int]:
	functions = (ast.FunctionDef, ast.AsyncFunctionDef)
	return [
		inner.lineno
		for node in ast.walk(ast.parse(source))
		if isinstance(node, functions)
		for inner in ast.walk(node)
		if isinstance(inner, ast.Import | ast.ImportFrom)
	]


def logic_in(source: str) -> list[int]:
	"""Lines that are neither a docstring, an import nor a constant."""
	return [
		node.lineno
		for node in ast.parse(source).body
		if not isinstance(node, ast.Import | ast.ImportFrom | ast.Assign)
		and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
	]


def functions_without_return_type(source: str) -> list[str]:
	return [
		node.name
		for node in ast.walk(ast.parse(source))
		if isinstance(node, ast.FunctionDef) and node.returns is None and node.name != "__init__"
	]


def dotted_paths(value: object) -> Iterator[str]:
	"""Every string of a nested structure that names something of the app."""
	if isinstance(value, str):
		if value.startswith(f"{APP}."):
			yield value
	elif isinstance(value, dict):
		for inner in value.values():
			yield from dotted_paths(inner)
	elif isinstance(value, list | tuple):
		for inner in value:
			yield from dotted_paths(inner)


def exists(root: Path, dotted: str) -> bool:
	"""Whether a dotted path names a top-level function, class or constant of the app, or a module."""
	*module, name = dotted.split(".")
	if root.joinpath(*module, f"{name}.py").exists():
		return True
	file = root.joinpath(*module).with_suffix(".py")
	if not file.exists():
		return False
	names = set()
	for node in ast.parse(file.read_text()).body:
		if isinstance(node, ast.FunctionDef | ast.ClassDef):
			names.add(node.name)
		elif isinstance(node, ast.Assign):
			names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
	return name in names
