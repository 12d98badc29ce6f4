"""Every path into the site: whitelisted functions, methods of documents, REST, reports, pages."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice, product

import frappe
from frappe.model.base_document import get_controller

from branch_crm.branch_access import guard_requests, registry
from branch_crm.demo.records import COMPANY
from tests.site.leak import arguments
from tests.site.leak.client import Request
from tests.site.leak.people import SECOND_APP
from tests.site.leak.world import Side

_SEARCH = ("doctype", "txt", "searchfield", "start")
_MAPPER = "frappe.model.mapper.make_mapped_doc"
# they read the address that is asked, not what is sent
_BY_ADDRESS = "frappe.integrations.oauth2."
_NOT_RUN = (".tests", ".test_", ".patches.", ".commands", "conftest", ".parallel_test", ".coverage")

# of the first DocType that a query may be asked for
_FILTERS = 3
# requests that tell different things, and those of each way to belong to branches
_ALL, _OF_ANY = 100, 7
# what an address may hold
_LONGEST = 1000
# rows of a table to try: some are of what is submitted
_ROWS = 4


@dataclass(frozen=True)
class Path:
	"""A way in; of the `requests` of a side that answer well, the first `judged` are. `is_other_address` of what is a
	path by itself already, and of which there need not be any request."""

	name: str
	requests: Callable[[Side], Iterator[Request]]
	judged: int = 3
	is_other_address: bool = False


def enumerated() -> list[Path]:
	import_everything()
	return list(chain(_functions(), _methods(), _resources(), _lists(), _reports(), _pages()))


def import_everything() -> None:
	for app in set(frappe.get_installed_apps()) - {SECOND_APP}:
		package = importlib.import_module(app)
		for module in pkgutil.walk_packages(package.__path__, f"{app}.", onerror=lambda name: None):
			if not any(part in module.name for part in _NOT_RUN):
				try:
					importlib.import_module(module.name)
				except ImportError:
					continue


def _functions() -> Iterator[Path]:
	for function in frappe.whitelisted:
		path = guard_requests.path_of(function)
		if "." in function.__qualname__ or path.startswith("tests."):
			continue
		takes = tuple(inspect.signature(function).parameters)
		is_search = takes[: len(_SEARCH)] == _SEARCH
		is_of_any = path.startswith("frappe.") and not arguments.KINDS.isdisjoint(takes)
		judged = _ALL if is_search else _OF_ANY if is_of_any else Path.judged
		yield Path(path, partial(_searched if is_search else _asked, path, function), judged)


def _asked(path: str, function: Callable, side: Side) -> Iterator[Request]:
	verbs = frappe.allowed_http_methods_for_whitelisted_func[function]
	verb = "GET" if "POST" not in verbs or path.startswith(_BY_ADDRESS) else "POST"
	for sent in arguments.attempts(path, function, side):
		command = _MAPPER if sent.get("method") == path else path
		yield Request(verb, f"/api/method/{command}", sent, path)


def _searched(path: str, function: Callable, side: Side) -> Iterator[Request]:
	"""As a link field asks it; as one that leads to something else asks it; and without any."""
	for sent in islice(arguments.attempts(path, function, side), _FILTERS):
		for field in (sent, {**sent, "doctype": "UOM"}):
			search = {**field, "query": path}
			yield Request("POST", "/api/method/frappe.desk.search.search_link", search, path)
		yield Request.of(path, sent)


def _methods() -> Iterator[Path]:
	others = frappe.get_all(
		"DocType", {"istable": 0, "is_virtual": 0, "name": ["!=", "DocType"]}, pluck="name"
	)
	seen: set[str] = set()
	for doctype in dict.fromkeys((*registry.judged_doctypes(), *others)):
		for _, function in inspect.getmembers(get_controller(doctype), inspect.isfunction):
			path = guard_requests.path_of(function)
			if function in frappe.whitelisted and path not in seen:
				# what it inherits is the same for all
				seen.add(path)
				yield Path(path, partial(_run_methods, path, function, doctype))
				by_rest = partial(_rest_methods, path, function, doctype)
				yield Path(path, by_rest, is_other_address=True)


def _rest_methods(path: str, function: Callable, doctype: str, side: Side) -> Iterator[Request]:
	"""The other addresses of a document's method."""
	name, method = side.names.get(doctype), path.rpartition(".")[2]
	for sent in islice(arguments.attempts(path, function, side), 1 if name else 0):
		named = {**sent, "run_method": method}
		yield Request("POST", f"/api/v2/document/{doctype}/{name}/method/{method}", sent, path)
		yield Request("POST", f"/api/resource/{doctype}/{name}", named, path)
		if len(str(sent)) < _LONGEST:
			yield Request("GET", f"/api/resource/{doctype}/{name}", named, path)


def _run_methods(path: str, function: Callable, doctype: str, side: Side) -> Iterator[Request]:
	for sent in arguments.of_document(path, function, doctype, side):
		yield Request("POST", "/api/method/run_doc_method", sent, path)


def _resources() -> Iterator[Path]:
	tables = {
		row.options for name in registry.judged_doctypes() for row in frappe.get_meta(name).get_table_fields()
	}
	documents, rows = registry.judged_doctypes(), sorted(tables)
	for doctypes, version, verbs in (
		(documents, "resource", ("GET", "PUT", "DELETE")),
		(documents, "v2/document", ("GET", "PATCH", "DELETE")),
		(rows, "resource", ("GET", "PUT", "DELETE")),
	):
		for doctype, verb in product(doctypes, verbs):
			name = f"{verb} {version} {doctype}"
			yield Path(name, partial(_of_resource, verb, version, doctype))


def _of_resource(verb: str, version: str, doctype: str, side: Side) -> Iterator[Request]:
	named = (side.names.get(doctype), side.spares.get(doctype), *side.rows.get(doctype, ())[:_ROWS])
	body = {} if verb in ("GET", "DELETE") else {"modified_by": "Administrator"}
	for name in filter(None, dict.fromkeys(named)):
		yield Request(verb, f"/api/{version}/{doctype}/{name}", body, f"{verb} {version} {doctype}")


def _lists() -> Iterator[Path]:
	for doctype in registry.judged_doctypes():
		yield Path(f"lists {doctype}", partial(_lists_of, doctype), judged=_ALL)


def _lists_of(doctype: str, side: Side) -> Iterator[Request]:
	"""Rows, counts, groups, and whether anything is like a word that a person may guess."""
	like = [[doctype, "name", "like", f"%{side.names[doctype][-6:]}%"]]
	view = {"doctype": doctype, "fields": [f"`tab{doctype}`.`name`"], "start": 0, "page_length": 50}
	for filters in ([], like):
		label = f"lists {doctype}"
		yield Request("GET", f"/api/resource/{doctype}", {"filters": filters, "fields": ["*"]}, label)
		yield Request("GET", f"/api/v2/document/{doctype}", {"filters": filters}, label)
		yield Request.of("frappe.desk.reportview.get", {**view, "filters": filters})
		yield Request.of("frappe.desk.reportview.get_count", {"doctype": doctype, "filters": filters})
		yield Request.of("frappe.client.get_count", {"doctype": doctype, "filters": filters})
		yield Request.of(
			"frappe.desk.reportview.export_query",
			{**view, "filters": filters, "file_format_type": "CSV", "title": "x"},
		)
	yield Request("GET", f"/api/v2/doctype/{doctype}/count", {}, f"lists {doctype}")
	yield Request("GET", f"/api/v2/document/{doctype}/{side.names[doctype]}/copy", {}, f"lists {doctype}")
	grouped = {"doctype": doctype, "current_filters": [], "field": "owner"}
	yield Request.of("frappe.desk.listview.get_group_by_count", grouped)
	yield Request.of(
		"frappe.desk.search.search_link", {"doctype": doctype, "txt": "", "ignore_user_permissions": 1}
	)
	yield Request.of("frappe.client.validate_link", {"doctype": doctype, "docname": side.names[doctype]})
	yield Request.of("frappe.desk.form.load.getdoc", {"doctype": doctype, "name": side.names[doctype]})


def _reports() -> Iterator[Path]:
	for report in frappe.get_all("Report", {"disabled": 0}, pluck="name"):
		yield Path(f"report {report}", partial(_runs_of, report))


def _runs_of(report: str, side: Side) -> Iterator[Request]:
	common = arguments.common()
	columns = ["name", "year_start_date", "year_end_date"]
	year, begin, end = frappe.get_all("Fiscal Year", {}, columns, order_by="name desc", as_list=True)[0]
	filters = {
		"company": COMPANY,
		"from_date": common["from_date"],
		"to_date": common["to_date"],
		"report_date": common["to_date"],
		"ageing_based_on": "Due Date",
		"range": "30, 60, 90, 120",
		"fiscal_year": year,
		"period": "Monthly",
		"periodicity": "Yearly",
		"filter_based_on": "Date Range",
		"period_start_date": begin,
		"period_end_date": end,
		"categorize_by": "Categorize by Voucher (Consolidated)",
		"based_on": "Customer",
		"tree_type": "Customer",
		"doc_type": "Sales Invoice",
		"value_quantity": "Value",
	}
	for more in (
		{},
		{"customer": side.names["Customer"], "party_type": "Customer", "party": [side.names["Customer"]]},
	):
		for command in ("run", "export_query"):
			sent = {"report_name": report, "filters": {**filters, **more}, "file_format_type": "Excel"}
			yield Request("POST", f"/api/method/frappe.desk.query_report.{command}", sent, f"report {report}")


def _pages() -> Iterator[Path]:
	for doctype in registry.judged_doctypes():
		yield Path(f"print {doctype}", partial(_prints_of, doctype))
	for rule in frappe.get_hooks("website_route_rules"):
		doctype = (rule.get("defaults") or {}).get("doctype")
		if doctype in registry.judged_doctypes():
			route = rule["from_route"].split("<")[0].rstrip("/")
			yield Path(f"page {route}/NAME", partial(_page_of, route, doctype))
	yield Path("page /private/files/NAME", _file_of)
	for route in ("/app", "/me", "/project", "/tasks", "/issues", "/orders", "/invoices"):
		yield Path(f"page {route}", partial(_page_of, route, None))


def _page_of(route: str, doctype: str | None, side: Side) -> Iterator[Request]:
	yield Request("GET", f"{route}/{side.names[doctype]}" if doctype else route, {}, f"page {route}")


def _file_of(side: Side) -> Iterator[Request]:
	yield Request("GET", side.values["file_url"], {}, "page /private/files/NAME")


def _prints_of(doctype: str, side: Side) -> Iterator[Request]:
	named = {"doctype": doctype, "name": side.names[doctype]}
	yield Request("GET", "/printview", named, f"print {doctype}")
	yield Request("GET", "/api/method/frappe.utils.print_format.download_pdf", named, f"print {doctype}")
