"""What decides on the branch of documents, read for a batch at a time."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

import frappe

from branch_crm.branch_access import default_rules, queries, registry, rules
from branch_crm.branch_access.backfill_rules import Facts, Key, Line
from branch_crm.branch_access.registry import By

# how far the sources of sources are followed
LEVELS = 20
_SAME_DOCUMENT = ("amended_from", "return_against")
_OF_ROWS = ("reference_name",)
# an advance goes to the branch of its invoice, not the other way round
_NOT_SOURCES = ("advances",)
_OWN = ("company", "cost_center", "set_warehouse", "warehouse", "territory", "account", "party")
_AGAINST = ("against_voucher", "against_voucher_no", "reference_name")


@dataclass(frozen=True)
class Link:
	"""A link field of a document, or of the rows of its table `table`; of a dynamic one `options` is the field
	that names the DocType."""

	fieldname: str
	options: str
	is_dynamic: bool
	table: str = ""

	@property
	def path(self) -> str:
		return f"{self.table}.{self.fieldname}" if self.table else self.fieldname

	@property
	def columns(self) -> tuple[str, ...]:
		return (self.fieldname, self.options) if self.is_dynamic else (self.fieldname,)

	def keys_in(self, parts: Iterable[dict]) -> list[Key]:
		return list(dict.fromkeys(filter(None, map(self._key_in, parts))))

	def _key_in(self, part: dict) -> Key | None:
		doctype = part.get(self.options) if self.is_dynamic else self.options
		return (doctype, part[self.fieldname]) if doctype and part.get(self.fieldname) else None


@dataclass
class Reader:
	"""Reads facts; `doctypes` and `company` are what is covered."""

	doctypes: Collection[str]
	company: str | None = None
	_owners: dict[tuple[str, str], str | None] = field(default_factory=dict)
	_links: dict[str, list[Link]] = field(default_factory=dict)
	_ways: dict[str, By | None] = field(default_factory=dict)

	def with_sources(self, keys: Collection[Key]) -> dict[Key, Facts]:
		"""Those of `keys` that exist, and all that they lead to."""
		found: dict[Key, Facts] = {}
		asked: set[Key] = set()
		waiting = set(keys)
		for _level in range(LEVELS):
			asked |= waiting
			read = self.facts(waiting)
			found |= read
			waiting = {key for facts in read.values() for key in facts.leads_to} - asked
			if not waiting:
				break
		return found

	def facts(self, keys: Iterable[Key]) -> dict[Key, Facts]:
		"""Those of `keys` that exist and find their branches in a way that a backfill knows."""
		names = defaultdict(set)
		for doctype, name in keys:
			names[doctype].add(name)
		found: dict[Key, Facts] = {}
		for doctype, wanted in names.items():
			by = self._by(doctype)
			if by is By.ASSIGNMENTS:
				found |= self._masters(doctype, sorted(wanted))
			elif by is By.ROWS:
				found |= self._journals(doctype, sorted(wanted))
			elif by in queries.CARRIED:
				found |= self._documents(doctype, sorted(wanted))
		return found

	def _documents(self, doctype: str, names: list[str]) -> dict[Key, Facts]:
		links = self._links_of(doctype)
		follows = registry.entries().get(doctype, {}).get("follows")
		tables = {link.table for link in links if link.table} | {"items"}
		rows = {table: _rows(doctype, names, table, links) for table in sorted(tables)}
		found = {}
		for document in _stored(doctype, names, links):
			first = rows["items"][document.name][:1]
			keys = [
				link.keys_in(rows[link.table][document.name] if link.table else [document]) for link in links
			]
			found[doctype, document.name] = Facts(
				**self._common(doctype, document),
				branches=_branches(document),
				cost_centers=_values([document, *first], "cost_center"),
				warehouses=_values([document, *first], "set_warehouse", "warehouse"),
				parties=self._parties(keys),
				sources=self._sources(keys),
				voucher=self._voucher(doctype, document, follows) if follows else None,
				line=_line(document) if follows else None,
			)
		return found

	def _journals(self, doctype: str, names: list[str]) -> dict[Key, Facts]:
		table = registry.entries()[doctype]["table"]
		links = self._links_of(doctype, table)
		rows = _rows(doctype, names, table, links)
		return {
			(doctype, document.name): self._journal(doctype, document, rows[document.name], links)
			for document in _stored(doctype, names, ())
		}

	def _journal(self, doctype: str, document: dict, rows: list[dict], links: list[Link]) -> Facts:
		common = self._common(doctype, document)
		facts = {}
		for row in rows:
			keys = [link.keys_in([row]) for link in links]
			facts[row.name] = Facts(
				**common,
				branches=_branches(row),
				cost_centers=_values([row], "cost_center"),
				parties=self._parties(keys),
				sources=self._sources(keys),
				line=_line(row),
			)
		return Facts(
			**common, branches=frozenset().union(*(row.branches for row in facts.values())), rows=facts
		)

	def _masters(self, doctype: str, names: list[str]) -> dict[Key, Facts]:
		links = [link for link in self._links_of(doctype) if not link.table]
		filters = {"parenttype": doctype, "parent": ["in", names]}
		assigned = defaultdict(set)
		for row in frappe.get_all(queries.ASSIGNMENT, filters, ["parent", "branch"]):
			assigned[row.parent].add(row.branch)
		stored = _stored(doctype, names, links)
		pin_codes = _pin_codes(doctype, names)
		found = {}
		for master in stored:
			keys = [link.keys_in([master]) for link in links]
			common = self._common(doctype, master)
			# a master is of all companies
			found[doctype, master.name] = Facts(
				**{**common, "company": None, "is_wanted": doctype in self.doctypes},
				branches=frozenset(assigned[master.name]),
				pin_code=pin_codes.get(master.name),
				sources=tuple(map(tuple, keys)),
			)
		return found

	def _common(self, doctype: str, document: dict) -> dict:
		is_of_company = "company" not in document or self.company in (None, document.company)
		return {
			"company": document.get("company") or None,
			"territory": document.get("territory") or None,
			"owner_branch": self._owner_branch(document.owner, doctype),
			"is_wanted": doctype in self.doctypes and is_of_company,
		}

	def _owner_branch(self, user: str, doctype: str) -> str | None:
		"""The default branch of whoever made the document, or his only one."""
		if (user, doctype) not in self._owners:
			memberships = queries.open_memberships_of(user)
			scope = rules.scope_of(memberships, queries.tree(), doctype)
			self._owners[user, doctype] = default_rules.default_branch(scope, memberships, None)
		return self._owners[user, doctype]

	def _parties(self, keys: Iterable[Sequence[Key]]) -> tuple[Key, ...]:
		found = [key for group in keys for key in group]
		parties = registry.party_doctypes() if found else ()
		return tuple(key for key in found if key[0] in parties)

	def _sources(self, keys: Iterable[Sequence[Key]]) -> tuple[tuple[Key, ...], ...]:
		"""What has a branch of its own. Parties with a table of branches have a rule of theirs."""
		groups = (tuple(key for key in group if self._by(key[0]) in queries.CARRIED) for group in keys)
		return tuple(filter(None, groups))

	def _voucher(self, doctype: str, document: dict, follows: str) -> Key | None:
		kind = document.get(frappe.get_meta(doctype).get_field(follows).options)
		return (kind, document[follows]) if kind and self._by(kind) in queries.CARRIED else None

	def _by(self, doctype: str) -> By | None:
		if doctype not in self._ways:
			self._ways[doctype] = registry.scoping_of(doctype)
		return self._ways[doctype]

	def _links_of(self, doctype: str, rows: str = "") -> list[Link]:
		"""The links that may lead to a branch, the strongest first; with `rows` only those of that table."""
		if doctype not in self._links:
			meta = frappe.get_meta(doctype)
			found = [] if rows else _links_in(meta)
			for table in meta.get_table_fields():
				if table.fieldname == rows or not (rows or table.fieldname in _NOT_SOURCES):
					found += _links_in(frappe.get_meta(table.options), table.fieldname)
			origins = registry.entries().get(doctype, {}).get("origins", ())
			first = [*_SAME_DOCUMENT, *origins, *(f"{rows}.{name}" for name in _OF_ROWS)]
			found = [link for link in found if _may_lead(link, first)]
			found.sort(key=lambda link: (_place(link, first), not link.table))
			self._links[doctype] = found
		return self._links[doctype]


def _links_in(meta: object, table: str = "") -> list[Link]:
	return [
		Link(found.fieldname, found.options, found.fieldtype == "Dynamic Link", table)
		for found in (*meta.get_dynamic_link_fields(), *meta.get_link_fields())
		if not found.get("is_virtual") and frappe.db.has_column(meta.name, found.fieldname)
	]


def _may_lead(link: Link, first: Collection[str]) -> bool:
	if link.is_dynamic:
		return True
	by = registry.scoping_of(link.options)
	return by in (By.ASSIGNMENTS, By.COLUMN, By.ROWS) or (by is By.OPTIONAL and link.path in first)


def _place(link: Link, first: list[str]) -> int:
	"""A project says less than any other document."""
	return first.index(link.path) if link.path in first else len(first) + (link.options == "Project")


def _columns(doctype: str, fieldnames: Iterable[str]) -> list[str]:
	return [name for name in dict.fromkeys(fieldnames) if frappe.db.has_column(doctype, name)]


def _stored(doctype: str, names: list[str], links: Sequence[Link]) -> list[dict]:
	own = [column for link in links if not link.table for column in link.columns]
	columns = _columns(
		doctype,
		["name", "owner", "voucher_type", "voucher_no", *_AGAINST, *_OWN, registry.branch_field(), *own],
	)
	return frappe.get_all(doctype, {"name": ["in", names]}, columns)


def _rows(doctype: str, names: list[str], table: str, links: Sequence[Link]) -> dict[str, list[dict]]:
	"""The rows of one table by document, in their order; none where the document has no such table."""
	found: dict[str, list[dict]] = defaultdict(list)
	place = frappe.get_meta(doctype).get_field(table)
	if not place:
		return found
	linked = [column for link in links if link.table == table for column in link.columns]
	columns = _columns(place.options, ["name", "parent", *_AGAINST, *_OWN, registry.branch_field(), *linked])
	filters = {"parent": ["in", names], "parenttype": doctype, "parentfield": table}
	for row in frappe.get_all(place.options, filters, columns, order_by="parent, idx"):
		found[row.parent].append(row)
	return found


def _branches(row: dict) -> frozenset[str]:
	return frozenset(filter(None, [row.get(registry.branch_field())]))


def _values(parts: Iterable[dict], *fieldnames: str) -> tuple[str, ...]:
	found = (part.get(fieldname) for part in parts for fieldname in fieldnames)
	return tuple(dict.fromkeys(filter(None, found)))


def _line(row: dict) -> Line:
	reference = next((row[name] for name in _AGAINST if row.get(name)), None)
	if reference == row.get("voucher_no"):
		reference = None
	return Line(row.account, row.get("party") or None, reference, row.get("cost_center") or None)


def _pin_codes(doctype: str, names: list[str]) -> dict[str, str]:
	"""The pin code of each master's primary address, where there is one."""
	address = f"{frappe.scrub(doctype)}_primary_address"
	if not frappe.db.has_column(doctype, address):
		return {}
	rows = frappe.get_all(
		doctype, {"name": ["in", names], address: ["is", "set"]}, ["name", f"{address}.pincode"]
	)
	return {row.name: row.pincode for row in rows if row.pincode}
