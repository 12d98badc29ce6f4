"""Which functions a request calls, with which arguments, read the way Frappe reads it afterwards."""

import inspect
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import FunctionType

import frappe
from frappe import handler
from frappe.api import API_URL_MAP, v1, v2
from frappe.core.doctype.server_script.server_script_utils import get_server_script_map
from frappe.model.base_document import get_controller
from frappe.modules.utils import load_doctype_module
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule

from branch_crm.branch_access import stand_ins
from branch_crm.branch_access.argument_rules import parsed

DOC_METHODS = ("frappe.handler.run_doc_method", "frappe.api.v2.run_doc_method")
RESOURCE = "resource"
LIST = "frappe.client.get_list"
# arguments that name a function to be called
_NAMING_FUNCTIONS = ("method", "query", "tree_method")
_OF_QUERIES = ("doctype", "txt", "searchfield", "start", "page_length", "filters")
# what gives a function its arguments by their places, after it has looked for one that stands in; Frappe's others call
# it as it is, and by name
_BY_PLACE = {
	"frappe.model.mapper.make_mapped_doc": ("source_name",),
	"frappe.model.mapper.map_docs": ("source_names", "target_doc", "args"),
	"frappe.desk.search.search_link": _OF_QUERIES,
	"frappe.desk.search.search_widget": _OF_QUERIES,
}
_TREE = "frappe.desk.treeview.get_all_nodes"
_OF_TREES = ["doctype", "parent"]


class OtherPath(Exception):
	"""The function stands elsewhere; what is said about it there would be passed by."""


@dataclass(frozen=True)
class Call:
	"""A function that a request calls. `path` is where the function stands; `RESOURCE` for what is saved over REST,
	and empty for documents named there, pages and Server Scripts. `via` is the function that is asked to call it."""

	path: str
	arguments: Mapping
	via: str = ""


def calls() -> Iterator[Call]:
	"""What the request of this moment calls; nothing where Frappe will not find what it asks for.

	Raises:
	        OtherPath: it asks for a function by the path of a module that only imports it.
	"""
	form = frappe.form_dict
	if form.cmd:
		yield from _called(form.cmd, form)
	elif frappe.request.path.startswith("/api/"):
		yield from _over_api(form)
	else:
		yield Call("", form)
		yield from _of_page(form)


def _of_page(form: Mapping) -> Iterator[Call]:
	"""A page that shows the document named in its address."""
	rules = [
		Rule(rule["from_route"], endpoint=rule["defaults"]["doctype"])
		for rule in frappe.get_hooks("website_route_rules")
		if rule.get("defaults", {}).get("doctype")
	]
	try:
		doctype, route = Map(rules).bind("site").match(frappe.request.path)
	except HTTPException:
		return
	yield Call("", {**form, **route, "doctype": doctype})


def _over_api(form: Mapping) -> Iterator[Call]:
	try:
		endpoint, route = API_URL_MAP.bind_to_environ(frappe.request.environ).match()
	except HTTPException:
		return
	if endpoint is v1.handle_rpc_call:
		yield from _called(route["method"].split("/")[0], form)
	elif endpoint is v2.handle_rpc_call:
		module = f"{load_doctype_module(route['doctype']).__name__}." if "doctype" in route else ""
		yield from _called(module + route["method"], form)
	elif "doctype" in route:
		yield from _of_resource(route, form)
	elif frappe.request.path.rstrip("/").endswith("/run_doc_method"):
		yield Call("frappe.api.v2.run_doc_method", form)
		yield from _of_document(form)
	elif isinstance(endpoint, FunctionType):
		yield from _with_further(path_of(endpoint), form, "")


def _of_resource(route: Mapping, form: Mapping) -> Iterator[Call]:
	"""A document over REST; its body may be read anew, and hold other names than the route."""
	named = {key: route[key] for key in ("doctype", "name") if key in route}
	yield Call("", named)
	if frappe.request.method in ("GET", "HEAD") and "name" not in route:
		yield Call(LIST, {**form, **named})
	if frappe.request.method in ("POST", "PUT", "PATCH"):
		is_new = {} if "name" in route else {"__islocal": 1}
		doc = {**_body(form), **is_new, "doctype": route["doctype"]}
		yield Call(RESOURCE, {"doc": doc})
	method = route.get("method") or form.get("run_method")
	if method and "name" in route:
		yield from _of_document({**form, "dt": route["doctype"], "dn": route["name"], "method": method})


def _body(form: Mapping) -> Mapping:
	"""The document that is sent; the second version of Frappe's API takes its fields from wherever they stand."""
	if frappe.request.path.startswith("/api/v2/"):
		return form
	body = v1.get_request_form_data()
	return body if isinstance(body, Mapping) else {}


def _called(command: str, form: Mapping, via: str = "") -> Iterator[Call]:
	target = frappe.override_whitelisted_method(command)
	if target in get_server_script_map().get("_api", {}):
		yield Call("", form)
		return
	function = function_at(target)
	if function is None:
		return
	path = path_of(function)
	if target == command and path in stand_ins.OVERRIDDEN:
		raise OtherPath(stand_ins.OVERRIDDEN[path])
	if target == command and path not in (command, f"frappe.{command}", f"frappe.handler.{command}"):
		raise OtherPath(path)
	if via and via not in _BY_PLACE and target != command:
		raise OtherPath(command)
	path = command if target != command else path
	if via == _TREE and parameters_of(path)[:2] != _OF_TREES:
		raise OtherPath(path)
	yield from _with_further(path, _placed(function, form, via), via)


def _placed(function: Callable, form: Mapping, via: str) -> Mapping:
	"""The arguments by the names that the function itself has for them."""
	places = _BY_PLACE.get(via)
	if not places:
		# what is limited in it, a report's filters, is limited for what follows
		return form
	given = (parsed(form.get(place)) for place in places)
	others = {key: value for key, value in form.items() if key not in places}
	return {**others, **dict(zip(inspect.signature(function).parameters, given, strict=False))}


def _with_further(path: str, form: Mapping, via: str) -> Iterator[Call]:
	"""The function and what it is told to call."""
	yield Call(path, form, via)
	if path in DOC_METHODS:
		yield from _of_document(form)
		return
	for key in _NAMING_FUNCTIONS:
		if isinstance(name := form.get(key), str) and "." in name:
			yield from _called(name, {other: value for other, value in form.items() if other != key}, path)


def _of_document(form: Mapping) -> Iterator[Call]:
	"""The method of a document's class: of each class that one of Frappe's two ways to call it would take."""
	doctypes = [form.get("dt"), *(_doctype_of(form.get(key)) for key in ("docs", "document"))]
	for doctype in dict.fromkeys(one for one in doctypes if isinstance(one, str)):
		method = getattr(_controller(doctype), str(form.get("method")), None)
		if isinstance(method, FunctionType):
			yield from (Call(path_of(method), arguments) for arguments in _taken(method, form))


def _doctype_of(sent: object) -> object:
	"""That of a document that is sent; Frappe takes a bare text for the name of a single one."""
	try:
		document = json.loads(sent) if isinstance(sent, str) else sent
	except ValueError:
		return None
	return document.get("doctype") if isinstance(document, dict) else document


def _taken(method: FunctionType, form: Mapping) -> Iterator[Mapping]:
	"""What the method takes: it stands in one of these arguments, as a whole or by name, or beside them."""
	held = {key: parsed(form.get(key)) for key in ("args", "arg", "kwargs")}
	yield {key: value for key, value in form.items() if not isinstance(held.get(key), Mapping)}
	parameters = list(inspect.signature(method).parameters)[1:]
	for value in filter(None, held.values()):
		if isinstance(value, Mapping):
			yield value
		if parameters and ("args" in parameters or not isinstance(value, Mapping)):
			yield {parameters[0]: value}


def path_of(function: Callable) -> str:
	return f"{getattr(function, '__module__', '')}.{getattr(function, '__qualname__', '')}"


def function_at(path: str) -> Callable | None:
	"""The function that Frappe calls for `path`; None where it finds none."""
	try:
		return handler.get_attr(path)
	except Exception:
		# Frappe says what is wrong with it
		return None


def parameters_of(path: str) -> list[str]:
	"""What the function at `path` takes; nothing where there is none."""
	function = function_at(path)
	return list(inspect.signature(function).parameters) if function else []


def _controller(doctype: str) -> type | None:
	return get_controller(doctype) if frappe.db.exists("DocType", doctype, cache=True) else None
