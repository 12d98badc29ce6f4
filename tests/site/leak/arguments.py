"""What functions take, from the names of their parameters."""

import inspect
import re
from collections.abc import Callable, Iterator
from itertools import chain, islice, product

import frappe
from frappe.utils import add_days, get_first_day, get_last_day, nowdate

from branch_crm.branch_access import registry
from branch_crm.demo.records import COMPANY
from tests.site import documents, goods
from tests.site.leak.given_desk import DESK
from tests.site.leak.given_erpnext import ERPNEXT
from tests.site.leak.given_erpnext_accounts import ACCOUNTS
from tests.site.leak.given_erpnext_making import MAKING
from tests.site.leak.given_erpnext_stock import STOCK
from tests.site.leak.given_files import DOCUMENTS, FILES
from tests.site.leak.given_frappe import FRAPPE
from tests.site.leak.given_login import LOGIN
from tests.site.leak.given_own import OWN
from tests.site.leak.papers import drafted
from tests.site.leak.world import Side

# of which DocTypes functions are told that take any: first one of each way to belong to branches
ANY = (
	"Sales Order",
	"Customer",
	"Communication",
	"Contact",
	"Sales Order Item",
	"Warranty Claim",
	"Journal Entry",
)
ANY += ("File", "Sales Invoice", "Task", "Purchase Invoice", "Comment", "Payment Entry", "GL Entry")
# parameters that hold a DocType, and those that then hold the name of such a document
KINDS = {
	"doctype",
	"dt",
	"reference_doctype",
	"ref_doctype",
	"doctype_name",
	"document_type",
	"voucher_type",
}
KINDS |= {"party_type", "parenttype", "reference_type", "attached_to_doctype", "_doctype", "reference_dt"}
KINDS |= {
	"parent_doctype",
	"for_doctype",
	"reminder_doctype",
	"from_doctype",
	"goal_doctype",
	"document_name_type",
}
_NAMES = {"name", "docname", "dn", "document_name", "reference_name", "ref_docname", "ref_name", "doc_name"}
_NAMES |= {"voucher_no", "reference_docname", "party", "attached_to_name", "old", "old_name", "reference_doc"}
_NAMES |= {
	"parent_doctype_name",
	"reminder_docname",
	"source_name",
	"document",
	"docnames",
	"names",
	"source_names",
}
_LISTS = {"docnames", "names", "source_names", "files", "invoices", "file_list"}
# of which DocType a name is, where the other parameters tell of another document
_TAKES = {
	"branch_crm.branch_access.satellite_api.relink": {"name": "Communication"},
	"erpnext.accounts.doctype.journal_entry.journal_entry.make_inter_company_journal_entry": {
		"name": "Journal Entry"
	},
	"erpnext.stock.doctype.delivery_trip.delivery_trip.get_contact_and_address": {"name": "Customer"},
	"frappe.email.relink": {"name": "Communication"},
}
_PARTIES = ("Customer", "Supplier")
_IN_MODULE = re.compile(r"\.doctype\.(\w+)\.")
_MOST = 14
_GIVEN = {**FRAPPE, **DESK, **FILES, **LOGIN, **OWN, **ERPNEXT, **ACCOUNTS, **MAKING, **STOCK}


def attempts(path: str, function: Callable, side: Side) -> Iterator[dict]:
	"""Arguments to try, the likeliest first. Whatever is tried on one side is tried on the other, in this order."""
	parameters = {
		name: parameter
		for name, parameter in inspect.signature(function).parameters.items()
		if name != "self" and parameter.kind is not parameter.VAR_POSITIONAL
	}
	own = _doctype_of_module(path)
	has_kind = KINDS.intersection(parameters)
	if has_kind <= {"party_type"} and has_kind:
		kinds: tuple[str | None, ...] = _PARTIES
	elif has_kind or "doc" in parameters or "docs" in parameters:
		kinds = ((own,) if own else ()) + ANY
	else:
		kinds = (
			(own,) if own else ANY[:3] if {"args", "kwargs", *_NAMES}.intersection(parameters) else (None,)
		)
	filters = ({}, [], _rich(side, kinds[0])) if "filters" in parameters else (None,)
	if given := _GIVEN.get(path):
		yield given(side)
		return
	taken = {name: side.names[doctype] for name, doctype in _TAKES.get(path, {}).items()}
	likeliest = product(kinds[:1], filters)
	for kind, filtered in islice(
		chain(likeliest, ((kind, one) for one, kind in product(filters, kinds[1:]))), _MOST
	):
		yield {
			key: value
			for name, parameter in parameters.items()
			for key, value in _values(name, parameter, kind, filtered, side).items()
		} | taken


def of_document(path: str, function: Callable, doctype: str, side: Side) -> Iterator[dict]:
	"""The same for a method of a document's class."""
	sent = _stored(doctype, side)
	if found := DOCUMENTS.get(path):
		sent = frappe.parse_json(frappe.as_json(frappe.get_doc(*found(side))))
	for arguments in attempts(path, function, side):
		yield {"docs": arguments.pop("docs", sent), "method": path.rpartition(".")[2], "args": arguments}


def _values(
	name: str, parameter: inspect.Parameter, kind: str | None, filtered: object, side: Side
) -> dict[str, object]:
	if parameter.kind is parameter.VAR_KEYWORD:
		return _rich(side, kind)
	if name == "filters":
		return {name: filtered}
	value = _value(name, kind, side)
	if value is not None:
		return {name: value}
	if parameter.default is not parameter.empty:
		return {}
	# something has to be there
	return {name: nowdate() if "date" in name else "1"}


def _value(name: str, kind: str | None, side: Side) -> object:
	if name in KINDS:
		return kind or "Customer"
	if name in _NAMES:
		found = _name_of(kind or "Sales Order", side)
		return [found] if name in _LISTS else found
	if name in ("doc", "docs"):
		return _stored(kind, side) if kind in side.names else None
	if name in ("args", "params", "selections"):
		return _rich(side, kind)
	if name == "bank_account":
		# for most functions an account of the ledger
		return None
	if name in common():
		return common()[name]
	return named(name, side)


def named(name: str, side: Side) -> object:
	"""The document that a parameter is called after."""
	by_key = {frappe.scrub(doctype): one for doctype, one in side.names.items()}
	for key in (name, name.removesuffix("_name"), name.removesuffix("_id"), name.removesuffix("_no")):
		if key in by_key:
			return by_key[key]
	plural = name.removesuffix("s")
	if plural in by_key:
		return [by_key[plural]]
	doctype = _doctypes().get(name) or _doctypes().get(name.removesuffix("_name"))
	return _name_of(doctype, side) if doctype else side.values.get(name)


def _name_of(doctype: str, side: Side) -> str | None:
	"""The side's own; of what is of no branch, the last one made."""
	of_side = [side.names.get(doctype), *side.rows.get(doctype, ())]
	return next(filter(None, of_side), None) or frappe.db.get_value(
		doctype, {}, "name", order_by="creation desc"
	)


def _doctypes() -> dict[str, str]:
	"""Those that have documents, by the names that code gives them."""
	if not _kept_doctypes:
		found = frappe.get_all("DocType", {"issingle": 0, "istable": 0, "is_virtual": 0}, pluck="name")
		_kept_doctypes.update({frappe.scrub(name): name for name in found})
	return _kept_doctypes


def _stored(doctype: str, side: Side) -> dict:
	"""The side's document; of what is of no branch, the last one made, or a new one that names what is the side's."""
	name = doctype if frappe.get_meta(doctype).issingle else _name_of(doctype, side)
	doc = frappe.get_doc(doctype, name) if name else drafted(doctype, side.word, side.names)
	return frappe.parse_json(frappe.as_json(doc))


def _rich(side: Side, kind: str | None) -> dict:
	"""What an argument for everything may hold."""
	kind = kind or "Sales Order"
	row = {"item_code": goods.GOODS, "qty": 1, "rate": 100, "warehouse": common()["warehouse"], "name": "row"}
	return {
		"doctype": kind,
		"name": side.names.get(kind),
		"docname": side.names.get(kind),
		"company": COMPANY,
		"customer": side.names["Customer"],
		"supplier": side.names["Supplier"],
		"party_type": "Customer",
		"party": side.names["Customer"],
		"quotation_to": "Customer",
		"party_name": side.names["Customer"],
		"voucher_type": "Sales Invoice",
		"voucher_no": side.names["Sales Invoice"],
		"against_voucher_type": "Sales Invoice",
		"items": [row],
		"conversion_rate": 1,
		"plc_conversion_rate": 1,
		"price_list_currency": "INR",
		"ignore_pricing_rule": 0,
		"payment_type": "Receive",
		"party_account": common()["account"],
		registry.branch_field(): side.branch,
		**{
			key: common()[key] for key in ("item_code", "warehouse", "currency", "price_list", "posting_date")
		},
		**{key: common()[key] for key in ("transaction_date", "from_date", "to_date", "qty", "account")},
	}


_kept: dict[str, object] = {}
_kept_doctypes: dict[str, str] = {}


def common() -> dict[str, object]:
	"""What belongs to no branch."""
	if not _kept:
		today = nowdate()
		_kept.update(
			dict.fromkeys(("date", "posting_date", "transaction_date", "bill_date", "from_time"), today)
			| dict.fromkeys(("from_date", "year_start_date"), get_first_day(today, d_years=-1))
			| dict.fromkeys(
				("to_date", "end", "end_date", "till_date", "to_time"), get_last_day(add_days(today, 40))
			)
			| dict.fromkeys(("txt", "text", "search_term", "search_value"), "")
			| dict.fromkeys(("page_len", "page_length", "limit", "limit_page_length"), 50)
			| dict.fromkeys(("start", "limit_start"), 0)
			| dict.fromkeys(("item_code", "item", "items_details"), goods.GOODS)
			| dict.fromkeys(("qty", "rate", "amount", "exchange_rate", "conversion_rate", "paid_amount"), 1)
			| {
				"company": COMPANY,
				"searchfield": "name",
				"fieldname": "modified_by",
				"field": "modified_by",
				"as_dict": False,
				"currency": "INR",
				"from_currency": "USD",
				"to_currency": "INR",
				"price_list": "Standard Selling",
				"mode_of_payment": "Cash",
				"warehouse": goods.warehouse(),
				"account": frappe.get_cached_value("Company", COMPANY, "default_receivable_account"),
				"cost_center": frappe.get_cached_value("Company", COMPANY, "cost_center"),
				"role": "Sales User",
				"tag": "zqtag",
				"tags": ["zqtag"],
				"subject": "A subject",
				"content": "A text",
				"status": "Open",
				"email": "nobody@x.example",
				"method": "erpnext.selling.doctype.sales_order.sales_order.make_sales_invoice",
				"report_name": "Sales Register",
				"template": "A template",
				"timespan": "Last Year",
				"user": "Administrator",
				"cash": documents.account("Cash"),
			}
		)
	return _kept


def _doctype_of_module(path: str) -> str | None:
	found = _IN_MODULE.search(path)
	return _doctypes().get(found.group(1)) if found else None
