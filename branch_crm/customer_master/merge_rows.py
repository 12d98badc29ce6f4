"""What Frappe's merge leaves behind or doubles: rows of tables, flags of contacts and addresses, shares, tags."""

from collections.abc import Callable, Collection
from dataclasses import replace

import frappe
from frappe import _
from frappe.model.document import Document

from branch_crm.branch_access import assignment_rules, queries
from branch_crm.branch_access.assignment_rules import Assignment
from branch_crm.customer_master import customer_default_queries, merge_queries, merge_rules
from branch_crm.customer_master.customer_default_queries import ROWS

# the room of branches joins teams when branches are merged
_JOINED_ELSEWHERE = ("Branch Team Member",)
_RIGHTS = ("read", "write", "share", "submit")
# by DocType, the fields that name the document, what is there once, and what is kept of each
_DOUBLES: dict[str, tuple[str, str, tuple[str, ...], tuple[str, ...]]] = {
	"Dynamic Link": ("link_doctype", "link_name", ("parenttype", "parent"), ()),
	"DocShare": ("share_doctype", "share_name", ("user", "everyone"), _RIGHTS),
	"Document Follow": ("ref_doctype", "ref_docname", ("user",), ()),
	"Tag Link": ("document_type", "document_name", ("tag",), ()),
	"User Permission": ("allow", "for_value", ("user", "applicable_for"), ()),
}
_FLAGS = {
	"Contact": ("is_primary_contact",),
	"Address": ("is_primary_address", "is_shipping_address"),
}


def taken_rows(lost: Document, kept: Document) -> dict[str, list[Document]]:
	"""By table, the rows of the one that goes which the one that stays has not."""
	return {
		field.fieldname: [
			lost.get(field.fieldname)[place]
			for place in merge_rules.taken(
				field.options,
				*(list(map(merge_queries.values_of, party.get(field.fieldname))) for party in (lost, kept)),
			)
		]
		for field in lost.meta.get_table_fields()
		if field.options not in (queries.ASSIGNMENT, *_JOINED_ELSEWHERE)
	}


def counted_rows(lost: Document, kept: Document) -> list[dict]:
	"""Of each table of the one that goes, how many rows there are (`number`), and how many are `taken` over."""
	found = {table: len(rows) for table, rows in taken_rows(lost, kept).items()}
	if _has_branches(lost):
		found["branches"] = len(_joined_branches(lost, kept)) - len(kept.branches)
	return [
		{"label": _(lost.meta.get_label(table)), "number": len(lost.get(table)), "taken": number}
		for table, number in found.items()
		if lost.get(table)
	]


def take_rows(lost: Document, kept: Document) -> None:
	"""Hand the rows over as they are: they were judged when they were written, and keep their names."""
	for table, rows in taken_rows(lost, kept).items():
		for place, row in enumerate(rows, len(kept.get(table)) + 1):
			row.db_set({"parent": kept.name, "idx": place}, update_modified=False)
	if _has_branches(lost):
		_join_branches(lost, kept)
	if lost.doctype == "Branch":
		_join_defaults(lost.name, kept.name)


def join_doubles(doctype: str, name: str) -> None:
	"""What both had is there once."""
	for document_type, (kind, field, key, joined) in _DOUBLES.items():
		_join(document_type, {kind: doctype, field: name}, key, joined)
	title = frappe.get_doc(doctype, name).get_title()
	links = {"link_doctype": doctype, "link_name": name}
	frappe.db.set_value("Dynamic Link", links, "link_title", title, update_modified=False)


def name_against(doctype: str, lost: str, kept: str) -> None:
	"""The other rows of a party's vouchers say in a text whom they are against, among others."""
	if doctype not in ("Customer", "Supplier"):
		return
	named = f", {lost}, "
	frappe.db.sql(
		"""update `tabGL Entry` entry join (
			select distinct voucher_type, voucher_no from `tabGL Entry` where party_type = %(kind)s and party = %(kept)s
		) his on his.voucher_type = entry.voucher_type and his.voucher_no = entry.voucher_no
		set entry.against = trim(both ', ' from replace(concat(', ', entry.against, ', '), %(named)s, %(names)s))
		where instr(concat(', ', entry.against, ', '), %(named)s)""",
		{"kind": doctype, "kept": kept, "named": named, "names": f", {kept}, "},
	)


def give_way(lost: Document, kept: Document) -> None:
	"""Where both have a primary contact, billing or shipping address, that of the one that stays is it."""
	for document_type, flags in _FLAGS.items():
		own, others = (_linked(document_type, party) for party in (lost, kept))
		for flag in flags:
			flagged = {"name": ["in", others], flag: 1}
			if others and frappe.db.exists(document_type, flagged):
				alone = [
					name for name in own if name not in others and _is_of_nobody_else(document_type, name)
				]
				frappe.db.set_value(
					document_type, {"name": ["in", alone], flag: 1}, flag, 0, update_modified=False
				)


def join_marks(lost: Document, kept: Document) -> None:
	"""Tags, likes and assignments, which Frappe keeps in columns of the document as well."""
	# it joins assignments itself, but reads no empty text, which it writes when the last one is gone
	emptied = {"name": ["in", [lost.name, kept.name]], "_assign": ""}
	frappe.db.set_value(lost.doctype, emptied, "_assign", None, update_modified=False)
	_join_column(lost, kept, "_user_tags", lambda text: text.split(","), lambda tags: "," + ",".join(tags))
	_join_column(lost, kept, "_liked_by", frappe.parse_json, frappe.as_json)


def _has_branches(doc: Document) -> bool:
	return queries.ASSIGNMENT in {field.options for field in doc.meta.get_table_fields()}


def _joined_branches(lost: Document, kept: Document) -> dict[str, Assignment]:
	"""The primary branch of the one that stays stays primary; rows of the same branch and time become one."""
	own = queries.assignments_by_row(kept.doctype, kept.name)
	others = queries.assignments_by_row(lost.doctype, lost.name)
	if any(row.is_primary for row in own.values()):
		others = {name: replace(row, is_primary=False) for name, row in others.items()}
	return assignment_rules.merged_by_row({**own, **others})


def _join_branches(lost: Document, kept: Document) -> None:
	joined = _joined_branches(lost, kept)
	for place, (name, row) in enumerate(joined.items(), 1):
		values = {**vars(row), "parent": kept.name, "idx": place}
		frappe.db.set_value(queries.ASSIGNMENT, name, values, update_modified=False)
	for row in kept.branches:
		if row.name not in joined:
			frappe.db.delete(queries.ASSIGNMENT, {"name": row.name})


def _join_defaults(lost: str, kept: str) -> None:
	"""A customer has one row for a branch: the one that stays has what it says, and beside it what only the other said."""
	fields = list(customer_default_queries.FILLS)
	rows = {
		branch: {
			row.parent: row for row in frappe.get_all(ROWS, {"branch": branch}, ["name", "parent", *fields])
		}
		for branch in (lost, kept)
	}
	for customer in rows[lost].keys() & rows[kept].keys():
		one, other = rows[kept][customer], rows[lost][customer]
		filled = {field: other[field] for field in fields if other[field] and not one[field]}
		if filled:
			frappe.db.set_value(ROWS, one.name, filled, update_modified=False)
		frappe.db.delete(ROWS, {"name": other.name})


def _join(document_type: str, named: dict, key: tuple[str, ...], joined: tuple[str, ...]) -> None:
	first: dict[tuple, dict] = {}
	rows = frappe.get_all(document_type, named, ["name", *key, *joined], order_by="creation, name")
	for row in rows:
		one = first.setdefault(tuple(row[field] or "" for field in key), row)
		if one is row:
			continue
		rights = {field: 1 for field in joined if row[field] and not one[field]}
		if rights:
			frappe.db.set_value(document_type, one.name, rights, update_modified=False)
			one.update(rights)
		frappe.db.delete(document_type, {"name": row.name})


def _linked(document_type: str, party: Document) -> list[str]:
	links = {"parenttype": document_type, "link_doctype": party.doctype, "link_name": party.name}
	return frappe.get_all("Dynamic Link", links, pluck="parent")


def _is_of_nobody_else(document_type: str, name: str) -> bool:
	return frappe.db.count("Dynamic Link", {"parenttype": document_type, "parent": name}) == 1


def _join_column(
	lost: Document,
	kept: Document,
	column: str,
	read: Callable[[str], Collection[str]],
	write: Callable[[list[str]], str],
) -> None:
	if not frappe.db.has_column(lost.doctype, column):
		return
	texts = [frappe.db.get_value(party.doctype, party.name, column) for party in (kept, lost)]
	marks = [mark for text in texts if text for mark in read(text) if mark]
	if texts[1] and marks:
		joined = write(list(dict.fromkeys(marks)))
		frappe.db.set_value(kept.doctype, kept.name, column, joined, update_modified=False)
