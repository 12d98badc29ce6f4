"""More rules of the house: what names a thing names a real one, and what is pure stays pure all the way down."""

import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

from tests.unit.architecture import APP, ROOMS

Function = ast.FunctionDef | ast.AsyncFunctionDef

# what Frappe and the app need beside the rooms
OTHER_FOLDERS = {"demo", "fixtures", "patches", "public", "templates", "www", "translations", "locale"}
# they know no framework either
PURE_LIBRARIES = {"phonenumbers", "stdnum"}
DOTTED = re.compile(rf"""["'`]({APP}(?:\.\w+)+)["'`]""")


def relative_imports(source: str) -> list[int]:
	"""Lines of imports that start with a dot: they would pass by the order of rooms unseen."""
	return [
		node.lineno for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom) and node.level
	]


def impure_imports(root: Path, file: Path) -> list[str]:
	"""What a file that knows no framework imports beside the standard library and other such files of the
	app, directly or through one of them."""
	seen: set[Path] = set()
	impure: list[str] = []
	waiting = [file]
	while waiting:
		current = waiting.pop()
		if current in seen:
			continue
		seen.add(current)
		for module in _modules_of(current.read_text()):
			inner = root.joinpath(*module.split(".")).with_suffix(".py")
			if module.split(".")[0] == APP:
				waiting += [inner] if inner.exists() else []
			elif module.split(".")[0] not in sys.stdlib_module_names | PURE_LIBRARIES:
				impure.append(module)
	return impure


def defined_names(source: str) -> set[str]:
	"""What a module offers at its top level: functions, classes, constants and imported names."""
	names: set[str] = set()
	for node in ast.parse(source).body:
		if isinstance(node, Function | ast.ClassDef):
			names.add(node.name)
		elif isinstance(node, ast.Assign):
			names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
		elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
			names.add(node.target.id)
		elif isinstance(node, ast.Import | ast.ImportFrom):
			names |= {alias.asname or alias.name for alias in node.names}
	return names


def names_an_attribute(root: Path, dotted: str) -> bool:
	"""Whether a dotted path is a module of the app and something that it offers."""
	*module, name = dotted.split(".")
	file = root.joinpath(*module).with_suffix(".py")
	return file.exists() and name in defined_names(file.read_text())


def names_a_patch(root: Path, line: str) -> bool:
	"""Whether a line of patches.txt is a module with a function `execute`; comments and titles aside."""
	words = line.split()
	if not words or words[0][0] in "#[" or words[0].startswith("execute:"):
		return True
	return names_an_attribute(root, f"{words[0]}.execute")


def quoted_paths(text: str) -> list[str]:
	"""Dotted paths of the app that stand in quotes, in Python or JavaScript."""
	return DOTTED.findall(text)


def script_paths(hooks: dict) -> list[str]:
	"""Every client script that hooks name for a DocType or a page, whatever the hook is called."""
	found: list[str] = []
	for hook, scripts in hooks.items():
		if hook.endswith("_js") and isinstance(scripts, dict):
			for paths in scripts.values():
				found += [paths] if isinstance(paths, str) else paths
	return found


def unknown_folders(package: Path) -> list[str]:
	"""Folders of the package that are neither a room nor one of the few others."""
	return sorted(
		path.name
		for path in package.iterdir()
		if path.is_dir() and not path.name.startswith("__") and path.name not in {*ROOMS, *OTHER_FOLDERS}
	)


def whitelisted(source: str) -> Iterator[Function]:
	"""Functions and methods that requests may call."""
	for node in ast.walk(ast.parse(source)):
		if isinstance(node, Function) and any(
			"whitelist" in ast.unparse(decorator) for decorator in node.decorator_list
		):
			yield node


def untyped_whitelisted(source: str) -> list[str]:
	"""Whitelisted functions with an argument, of whatever kind, or a result that has no type."""
	broken = []
	for function in whitelisted(source):
		given = function.args
		arguments = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
		named = [argument for argument in arguments if argument and argument.arg != "self"]
		if function.returns is None or not all(argument.annotation for argument in named):
			broken.append(function.name)
	return broken


def whitelisted_that_do_not_ask(source: str) -> list[str]:
	"""Whitelisted functions whose first two statements neither ask for a permission nor compare with the
	session's user."""
	broken = []
	for function in whitelisted(source):
		body = function.body[1:] if ast.get_docstring(function) is not None else function.body
		if not any(_asks(node) for statement in body[:2] for node in ast.walk(statement)):
			broken.append(function.name)
	return broken


def ignored_permissions(source: str) -> list[int]:
	"""Lines that switch permissions off: by argument, by flag or in a dict."""
	lines = []
	for node in ast.walk(ast.parse(source)):
		if isinstance(node, ast.keyword):
			off = node.arg == "ignore_permissions" and _is_true(node.value)
		elif isinstance(node, ast.Assign):
			targets = [ast.unparse(target) for target in node.targets]
			off = _is_true(node.value) and any(name.endswith("ignore_permissions") for name in targets)
		elif isinstance(node, ast.Dict):
			keys = [ast.unparse(key) if key else "" for key in node.keys]
			off = any(
				"'ignore_permissions'" == key and _is_true(value)
				for key, value in zip(keys, node.values, strict=True)
			)
		else:
			continue
		lines += [node.lineno] if off else []
	return lines


def commits(source: str) -> list[int]:
	return [
		node.lineno
		for node in ast.walk(ast.parse(source))
		if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("db.commit")
	]


def unexplained(source: str, lines: list[int]) -> list[int]:
	"""Those of the lines that have no comment on them or on the line before."""
	tokens = tokenize.generate_tokens(io.StringIO(source).readline)
	commented = {token.start[0] for token in tokens if token.type == tokenize.COMMENT}
	return [line for line in lines if not commented & {line, line - 1}]


def _is_true(value: ast.expr) -> bool:
	return isinstance(value, ast.Constant) and bool(value.value)


def _asks(node: ast.AST) -> bool:
	if isinstance(node, ast.Compare):
		return "frappe.session.user" in ast.unparse(node)
	if not isinstance(node, ast.Call):
		return False
	name = ast.unparse(node.func).rpartition(".")[2]
	return name in {"has_permission", "check_permission", "only_for"} or name.startswith(
		("_only_for", "_is_")
	)


def _modules_of(source: str) -> Iterator[str]:
	for node in ast.walk(ast.parse(source)):
		if isinstance(node, ast.Import):
			yield from (alias.name for alias in node.names)
		elif isinstance(node, ast.ImportFrom) and node.module:
			yield node.module
			# of the app, `from a import b` may name a module
			yield from (f"{node.module}.{alias.name}" for alias in node.names if node.module.startswith(APP))
