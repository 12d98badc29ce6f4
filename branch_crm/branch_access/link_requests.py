"""The links of documents that a request sends, judged before Frappe looks at them: Frappe follows them, and says
which are there, before it asks whether the document may be made at all."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import partial

import frappe
from frappe import _

from branch_crm.branch_access import (
	argument_rules,
	doctype_facts,
	file_permissions,
	guard_methods,
	guard_requests,
	link_events,
	link_queries,
	link_rules,
	portal_queries,
)
from branch_crm.branch_access.argument_rules import Malformed
from branch_crm.branch_access.guard_methods import Policy
from branch_crm.branch_access.guard_requests import Call
from branch_crm.branch_access.link_queries import Link

INSERTS = ("frappe.client.insert", "frappe.client.insert_many", "frappe.desk.treeview.add_node")


@dataclass(frozen=True)
class Sent:
	"""A document that is to be saved.

	Attributes:
	        values: its fields, as far as they are sent, with `doctype`, and `name` where it is stored.
	        needs_right: it is new, and made only by who may make such documents.
	"""

	values: Mapping
	needs_right: bool = False


def judge(called: Iterable[Call]) -> None:
	"""Refuse documents with links to what a limited user does not reach, as those to what is not there.

	Raises:
	        Malformed: a link holds a filter.
	        frappe.PermissionError: he may not make such documents at all.
	        frappe.LinkValidationError: a link leads to what is not there, or not his.
	"""
	address: Mapping = {}
	for call in called:
		for sent in _well_formed(call, address):
			_judge(sent)
		address = call.arguments


def _well_formed(call: Call, address: Mapping) -> list[Sent]:
	"""What the call saves, where all links that it sends hold names.

	Raises:
	        Malformed
	"""
	saved = [_with_its_document(sent) for sent in _saved_by(call, address)]
	documents = [*link_rules.sent_documents(call.arguments), *(sent.values for sent in saved)]
	for values in documents:
		link_rules.refuse_conditions(values, link_queries.shape_of)
	for values in (call.arguments, *documents):
		_refuse_foreign_file(values.get("import_file"))
	return saved


def _refuse_foreign_file(address: object) -> None:
	"""An import shows what is in its file before anything is saved."""
	if isinstance(address, str) and not file_permissions.may_download(address, frappe.session.user):
		frappe.throw(_("Could not find {0}").format(address), frappe.LinkValidationError)


def _judge(sent: Sent) -> None:
	doctype = sent.values["doctype"]
	if not link_queries.is_doctype(doctype):
		return
	if sent.needs_right and not doctype_facts.is_table(doctype):
		frappe.has_permission(doctype, "create", throw=True)
	values = {**sent.values, "name": None} if sent.needs_right else sent.values
	if link_queries.is_half_sent(values) or _foreign_among(link_queries.links_sent(values), doctype):
		stored = link_queries.stored_of(values)
		known = link_queries.keys_of(stored) if stored else set()
		links = link_queries.links_sent(values, stored)
		link_events.refuse(_foreign_among(links, doctype, known))


def _foreign_among(links: list[Link], doctype: str, known: Set[tuple[str, str]] = frozenset()) -> list[Link]:
	changed = [link for link in links if link.key not in known]
	return link_events.foreign_among(changed, doctype, {link.key for link in links})


def _with_its_document(sent: Sent) -> Sent:
	"""A row that is sent by itself, as a change of its document.

	Raises:
	        Malformed: its table is for other rows.
	"""
	values = sent.values
	table = link_rules.row_doctype(values, link_queries.shape_of)
	if not table or not doctype_facts.is_table(values["doctype"]):
		return sent
	if table != values["doctype"]:
		raise Malformed
	document = {"doctype": values["parenttype"], "name": values.get("parent")}
	return Sent({**document, values["parentfield"]: [values]})


def _saved_by(call: Call, address: Mapping) -> Iterator[Sent]:
	if call.path == guard_requests.RESOURCE:
		yield _of_resource(call.arguments["doc"], address)
	elif call.path in _READERS:
		yield from _READERS[call.path](call.arguments)
	elif call.path.startswith("frappe.") and guard_methods.method(call.path).policy is Policy.SAVES:
		for values in _outermost(call.arguments):
			yield Sent(values, call.path in INSERTS or _is_new(values))


def _of_resource(body: Mapping, address: Mapping) -> Sent:
	"""A document over REST, where the address names what the body changes."""
	if "name" in address:
		_refuse_moving(body, address["doctype"], address["name"])
	return Sent({**address, **body}, needs_right="name" not in address)


def _outermost(arguments: Mapping) -> Iterator[Mapping]:
	"""The documents that `arguments` are, or lists of them."""
	for value in map(argument_rules.parsed, arguments.values()):
		for item in value if isinstance(value, list) else [value]:
			if isinstance(item, Mapping) and isinstance(item.get("doctype"), str):
				yield item


def _is_new(values: Mapping) -> bool:
	return bool(values.get("__islocal")) or not values.get("name")


def _of_tree(arguments: Mapping) -> Iterator[Sent]:
	if isinstance(arguments.get("doctype"), str):
		yield Sent(arguments, needs_right=True)


def _of_fields(arguments: Mapping) -> Iterator[Sent]:
	"""Single fields of a stored document, or of a stored row."""
	doctype, name, field = (arguments.get(key) for key in ("doctype", "name", "fieldname"))
	values = argument_rules.parsed(field)
	if isinstance(values, str):
		values = {values: arguments.get("value")}
	if isinstance(values, Mapping) and isinstance(doctype, str):
		yield _changed(doctype, name, values)


def _changed(doctype: str, name: object, values: Mapping) -> Sent:
	_refuse_moving(values, doctype, name)
	return Sent({**values, **link_queries.place_of(doctype, name), "doctype": doctype, "name": name})


def _refuse_moving(values: Mapping, doctype: str, name: object) -> None:
	"""A stored document keeps its name and its place: Frappe takes others from what is sent, and says which are there.

	Raises:
	        Malformed
	"""
	stored = {"doctype": doctype, "name": name, **link_queries.place_of(doctype, name)}
	if any(str(values.get(key, said)) != str(said) for key, said in stored.items()):
		raise Malformed


def _of_chart(arguments: Mapping, is_calendar: bool = False) -> Iterator[Sent]:
	"""The two fields of a Gantt chart or a calendar, which the browser says: a calendar calls the values by them."""
	said, fields = (argument_rules.parsed(arguments.get(key)) for key in ("args", "field_map"))
	if not (
		isinstance(said, Mapping) and isinstance(fields, Mapping) and isinstance(said.get("doctype"), str)
	):
		return
	names = {key: fields.get(key) for key in ("start", "end") if isinstance(fields.get(key), str)}
	values = {name: said.get(name if is_calendar else key) for key, name in names.items()}
	yield _changed(said["doctype"], said.get("name"), values)


def _of_several(arguments: Mapping) -> Iterator[Sent]:
	"""The same fields of several documents."""
	values, doctype = argument_rules.parsed(arguments.get("data")), arguments.get("doctype")
	if isinstance(values, Mapping) and isinstance(doctype, str):
		for name in argument_rules.names_in(arguments.get("docnames")):
			yield _changed(doctype, name, values)


def _of_web_form(arguments: Mapping) -> Iterator[Sent]:
	"""A form of the website is for whom it is for, whatever he may make elsewhere."""
	values, web_form = argument_rules.parsed(arguments.get("data")), arguments.get("web_form")
	if isinstance(values, Mapping) and isinstance(web_form, str):
		if doctype := portal_queries.doctype_of_web_form(web_form):
			yield Sent({**values, "doctype": doctype})


def _of_method(arguments: Mapping) -> Iterator[Sent]:
	"""A document that is sent to have itself submitted; the guard judges what is sent to other methods."""
	if arguments.get("method") == "submit":
		yield from map(Sent, _outermost(arguments))


_READERS = {
	**dict.fromkeys(guard_requests.DOC_METHODS, _of_method),
	"frappe.client.set_value": _of_fields,
	"frappe.desk.calendar.update_event": partial(_of_chart, is_calendar=True),
	"frappe.desk.gantt.update_task": _of_chart,
	"frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs": _of_several,
	"frappe.desk.treeview.add_node": _of_tree,
	"frappe.website.doctype.web_form.web_form.accept": _of_web_form,
}
