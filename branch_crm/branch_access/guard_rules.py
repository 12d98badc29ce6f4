"""Which documents the arguments of a request name, read from their keys alone.

Frappe and ERPNext name a document by a pair of arguments (`doctype` and `name`, `reference_doctype` and
`reference_name`, `party_type` and `party`), by an argument called after its DocType (`customer`, `sales_order`), or
send it whole as JSON.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from branch_crm.branch_access import argument_rules
from branch_crm.branch_access.argument_rules import DEEPEST, Malformed

# what a DocType's key ends with, and what the key of the name then ends with
_KINDS = ("doctype", "dt", "type")
_NAMES = (
	"name",
	"names",
	"docname",
	"docnames",
	"doc_name",
	"document",
	"document_name",
	"dn",
	"doc",
	"docs",
	"no",
)
# pairs that do not follow from each other
_PAIRS = {
	"doctype": ("old", "old_name", "items"),
	"dt": ("docname", "name"),
	"ref_doctype": ("docname",),
	"document_type": ("docname",),
	"parenttype": ("parent",),
	"parent_doctype": ("parent_doctype_name",),
	"quotation_to": ("party_name",),
	"opportunity_from": ("party_name",),
	"ptype": ("pty",),
	"order_doctype": ("subcontract_order",),
	"primary_role": ("primary_party",),
}
# what a method of a DocType's own module calls a document of it
OWN = ("name", "names", "docname", "docnames", "source_name", "source_names")
# columns by DocType
_OF_COLUMNS = ("export_fields", "select_columns")
# arguments that may hold documents, or rows, instead of names
_READERS = {
	"docs": argument_rules.names_among,
	"doc": argument_rules.plain_names,
	"items": argument_rules.plain_names,
}
_TABLE_KEYS = frozenset({"parent", "parenttype", "parentfield"})
_OF_DOCUMENT = frozenset({"doctype", "name", "parent", "parenttype"})


@dataclass(frozen=True)
class Named:
	"""A document that a request names.

	Attributes:
	        may_be_missing: it is sent whole, and need not be stored.
	        within: the sent document (DocType, name) that has a link to it.
	"""

	doctype: str
	name: str
	may_be_missing: bool = False
	within: tuple[str, str] | None = None


@dataclass(frozen=True)
class Catalogue:
	"""What the rules have to know of DocTypes.

	Attributes:
	        is_judged: whether branches limit a DocType.
	        by_key: the DocType that an argument of this name holds a document of.
	        links: the link fields of a DocType that lead to judged ones, each with its DocType, or with
	                the field that holds it.
	        tables: the tables of a DocType, each with that of its rows.
	        own: the DocType in whose module the method stands.
	        own_keys: the arguments that hold one of its documents.
	        declared: what single arguments of the method hold, where their names do not tell: a DocType, `=` and
	                the argument that holds it (` or ` and what it is without), or None; a key may lead into an
	                object or rows (`rows.name`).
	        texts: the fields of a DocType that hold texts or numbers, whatever they are called.
	        is_numbered: whether the documents of a DocType are named by number.
	        spelt: how a DocType is spelt right.
	        saves: whether documents that are sent are saved: a new one may bring its name.
	"""

	is_judged: Callable[[str], bool]
	by_key: Mapping[str, str]
	links: Callable[[str], Mapping[str, str]]
	tables: Callable[[str], Mapping[str, str]] = lambda doctype: {}
	own: str | None = None
	own_keys: Collection[str] = OWN
	declared: Mapping[str, str | None] = field(default_factory=dict)
	texts: Callable[[str], Collection[str]] = lambda doctype: ()
	is_numbered: Callable[[str], bool] = lambda doctype: False
	spelt: Callable[[str], str] = str
	saves: bool = False


def named_documents(arguments: Mapping, catalogue: Catalogue, with_links: bool = True) -> Iterator[Named]:
	"""Every judged document that `arguments` name, on every level, in JSON as well.

	Arguments:
	        with_links: the links of documents that are sent whole are named, too.

	Raises:
	        Malformed: something else stands where a name belongs, which Frappe would take for a filter.
	"""
	for key, said in catalogue.declared.items():
		doctype = catalogue.spelt(_declared_doctype(said, arguments))
		for value in values_at(key, arguments):
			yield from _each(doctype, value, key, catalogue)
	open_arguments = {key: value for key, value in arguments.items() if key not in catalogue.declared}
	if any(
		key in catalogue.by_key and argument_rules.is_condition(value)
		for key, value in open_arguments.items()
	):
		raise Malformed
	for key, value in open_arguments.items():
		if key not in argument_rules.OF_ROWS:
			argument_rules.refuse_filters(value, catalogue.by_key, catalogue.texts)
	if catalogue.own:
		for key in catalogue.own_keys:
			yield from _each(catalogue.own, open_arguments.get(key), key, catalogue)
	yield from _in_mapping(open_arguments, catalogue, with_links, None, 0)


def own_keys(parameters: Collection[str]) -> list[str]:
	"""The arguments that hold a document of the method's own module: no parameter of the method says of which DocType
	they are. What else a request sends, Frappe leaves away."""
	paired = {partner for parameter in parameters for partner in partners_of(parameter)}
	return [key for key in OWN if key not in paired]


def _declared_doctype(said: str | None, arguments: Mapping) -> str:
	"""The DocType itself, or after `=` the argument that holds it, and what is added to that, or what it is without.

	Raises:
	        Malformed: something else stands there, which Frappe would take for a filter.
	"""
	if not said or not said.startswith("="):
		return said or ""
	held, _, default = said[1:].partition(" or ")
	argument, _, suffix = held.partition(" ")
	if not isinstance(arguments.get(argument), str | Mapping | None):
		raise Malformed
	return f"{arguments.get(argument) or default} {suffix}".strip()


def values_at(key: str, arguments: Mapping) -> list[object]:
	"""The argument, or after each dot what stands in it, or in each row of it."""
	argument, *columns = key.split(".")
	values = [arguments.get(argument)]
	for column in columns:
		held = [argument_rules.parsed(value) for value in values]
		rows = [row for value in held for row in (value if isinstance(value, list) else [value])]
		values = [row.get(column) for row in rows if isinstance(row, Mapping)]
	return values


def _in_value(
	value: object, catalogue: Catalogue, with_links: bool, within: tuple[str, str] | None, depth: int
) -> Iterator[Named]:
	value = argument_rules.parsed(value)
	if depth > DEEPEST:
		raise Malformed
	if isinstance(value, Mapping):
		yield from _in_mapping(value, catalogue, with_links, within, depth)
	elif isinstance(value, list | tuple):
		for item in value:
			if not isinstance(item, str) or argument_rules.looks_like_json(item):
				yield from _in_value(item, catalogue, with_links, within, depth + 1)


def _in_mapping(
	values: Mapping, catalogue: Catalogue, with_links: bool, within: tuple[str, str] | None, depth: int
) -> Iterator[Named]:
	others, tables, texts = values, {}, ()
	if depth and isinstance(doctype := values.get("doctype"), str):
		tables = catalogue.tables(doctype)
		yield from _sent(values, doctype, catalogue)
		if not values.get("parenttype") and isinstance(values.get("name"), str):
			within = (doctype, values["name"])
		texts = catalogue.texts(doctype)
		apart = {*_OF_DOCUMENT, *_dynamic(values, doctype, catalogue)}
		others = {key: value for key, value in values.items() if key not in apart}
		if with_links:
			yield from _linked(values, doctype, catalogue, within)
	if with_links or not depth:
		for named in (*_paired(others, catalogue, texts), *_keyed(others, catalogue, texts)):
			yield replace(named, within=within)
	for key, value in values.items():
		if key not in _OF_COLUMNS:
			rows = _rows(key, value, tables[key]) if key in tables else value
			yield from _in_value(rows, catalogue, with_links, within, depth + 1)


def _rows(table: str, value: object, doctype: str) -> object:
	"""The rows of a table, which need not say of which DocType they are."""
	rows = argument_rules.parsed(value)
	if not isinstance(rows, list):
		return rows
	said = {"doctype": doctype, "parentfield": table}
	return [{**row, **said} if isinstance(row, Mapping) else row for row in rows]


def _sent(values: Mapping, doctype: str, catalogue: Catalogue) -> Iterator[Named]:
	"""The document itself, where `values` are one; and what a row of it hangs on."""
	is_row = not _TABLE_KEYS.isdisjoint(values)
	if catalogue.is_judged(doctype):
		is_new = is_row or (catalogue.saves and bool(values.get("__islocal")))
		for name in _names(values.get("name"), doctype, catalogue):
			yield Named(doctype, name, may_be_missing=is_new or argument_rules.is_unsaved(name, doctype))
		# functions read either, whatever else is there
		yield from _each(doctype, values.get("docname"), "docname", catalogue)
	carrier = values.get("parenttype")
	if isinstance(carrier, str) and catalogue.is_judged(carrier):
		for name in _names(values.get("parent"), carrier, catalogue):
			yield Named(carrier, name, may_be_missing=argument_rules.is_unsaved(name, carrier))


def _names(value: object, doctype: str, catalogue: Catalogue) -> list[str]:
	"""The names that an argument holds; where documents are numbered, a number is one."""
	is_number = isinstance(value, int) and not isinstance(value, bool) and value > 0
	return [str(value)] if is_number and catalogue.is_numbered(doctype) else argument_rules.names_in(value)


def _linked(
	values: Mapping, doctype: str, catalogue: Catalogue, within: tuple[str, str] | None
) -> Iterator[Named]:
	for fieldname, target in catalogue.links(doctype).items():
		leads_to = target if catalogue.is_judged(target) else values.get(target)
		if (
			isinstance(leads_to, str)
			and catalogue.is_judged(leads_to)
			and isinstance(values.get(fieldname), str)
		):
			yield from (
				Named(leads_to, name, within=within) for name in argument_rules.names_in(values[fieldname])
			)


def _dynamic(values: Mapping, doctype: str, catalogue: Catalogue) -> list[str]:
	"""The fields whose documents are of the DocType that another field says, whatever they are called."""
	said = {field: values.get(kind) for field, kind in catalogue.links(doctype).items()}
	return [field for field, kind in said.items() if isinstance(kind, str) and catalogue.is_judged(kind)]


def _paired(values: Mapping, catalogue: Catalogue, texts: Collection[str]) -> Iterator[Named]:
	"""What a text beside a kind says is what the document calls it, and not its name: `party_name` of a payment.

	Raises:
	        Malformed: a filter, or a number, stands for the kind beside a name.
	"""
	for key, doctype in values.items():
		# names by DocType
		yield from _each(key, doctype, "items", catalogue)
		partners = set(partners_of(key)).difference(texts)
		if isinstance(doctype, str) and catalogue.is_judged(doctype):
			for partner in partners:
				yield from _each(doctype, values.get(partner), partner, catalogue)
		elif isinstance(doctype, int | float | list) and key not in texts:
			if any(isinstance(values.get(partner), str) and values[partner] for partner in partners):
				raise Malformed


def _keyed(values: Mapping, catalogue: Catalogue, texts: Collection[str]) -> Iterator[Named]:
	for key, value in values.items():
		doctype = catalogue.by_key.get(key)
		if doctype and isinstance(value, int | float) and key not in texts:
			raise Malformed
		if doctype and isinstance(value, str | list):
			for name in argument_rules.plain_names(argument_rules.operand(value)):
				yield Named(doctype, name, may_be_missing=argument_rules.is_unsaved(name, doctype))


def partners_of(key: str) -> tuple[str, ...]:
	"""The keys that may hold the name of a document whose DocType stands under `key`."""
	for kind in _KINDS:
		if key == kind or key.endswith(f"_{kind}"):
			stem = key.removesuffix(kind)
			whole = (stem.rstrip("_"),) if stem else ()
			return (*(f"{stem}{name}" for name in _NAMES), *whole, *_PAIRS.get(key, ()))
	return _PAIRS.get(key, ())


def _each(doctype: str, value: object, key: str, catalogue: Catalogue) -> Iterator[Named]:
	if not catalogue.is_judged(doctype):
		return
	names = _READERS[key](value) if key in _READERS else _names(value, doctype, catalogue)
	for name in names:
		yield Named(doctype, name, may_be_missing=argument_rules.is_unsaved(name, doctype))
