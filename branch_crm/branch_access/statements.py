"""The conditions of branch scope in SQL, fast for every kind of scope. Tested on a bare MariaDB.

Every function returns a condition with `%s` placeholders and its parameters. No shape is fast for all scopes:
collecting the members suits few, meeting them on the list's own way suits many that are recent (MariaDB turns
EXISTS into the same plan as IN, but not a scalar subquery). Which one, the kept figures of the branches say.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

Condition = tuple[str, list]

NOTHING: Condition = ("1=0", [])
EVERYTHING: Condition = ("1=1", [])

# the rows that a page of a list shows, and where the number above it stops ("1000+")
PAGE = 20
COUNTED = 1001


@dataclass(frozen=True)
class Figures:
	"""What is kept of one branch: how many members it has, and how many documents a list sorted by `modified`
	shows before it has shown a page of them."""

	members: int
	depth: int


def is_few(figures: Sequence[Figures], documents: int, counting: bool) -> bool:
	"""Whether collecting the members of a scope costs less than meeting them on the way.

	Arguments:
	        figures: of each branch of the scope, and of the unassigned where they count as well.
	        documents: how many documents of the DocType there are.
	        counting: for the number above a list rather than for its first page.
	"""
	members = sum(branch.members for branch in figures)
	if not members:
		return True
	if counting:
		# MariaDB reads the rows of one branch in their order and stops, or collects them where that is less
		collected = min(members, COUNTED) if len(figures) == 1 else members
		return collected <= COUNTED * documents / members
	met = 1 / sum(1 / max(branch.depth, 1) for branch in figures)
	return members <= met


def assigned(
	doctype: str,
	branches: Collection[str],
	today: date,
	few: bool,
	with_unassigned: bool,
	always: Collection[str] = (),
) -> Condition:
	"""Masters of `doctype` with a row of one of `branches` that is valid `today`.

	Arguments:
	        few: collect the members, rather than meet them on the way (`is_few`; never changes the result).
	        with_unassigned: masters without any row count as well.
	        always: names of masters that count whatever rows they have.
	"""
	if not branches:
		return NOTHING
	rows, parameters = _valid_rows(doctype, branches, today)
	name = f"`tab{doctype}`.name"
	if few:
		members = [f"select assignment.parent as name from {rows}"]
		if with_unassigned:
			members.append(f"select free.name from `tab{doctype}` free where free.is_unassigned = 1")
		members += ["select %s"] * len(always)
		parameters = [*parameters, *sorted(always)]
		if len(members) == 1:
			return f"{name} in ({members[0]})", parameters
		return f"{name} in (select member.name from ({' union all '.join(members)}) member)", parameters
	lookup = f"(select 1 from {rows} and assignment.parent = {name} limit 1) = 1"
	others = [f"`tab{doctype}`.is_unassigned = 1"] if with_unassigned else []
	if always:
		others.append(f"{name} in ({', '.join(['%s'] * len(always))})")
	if others:
		lookup = f"({' or '.join(others)} or {lookup})"
	return lookup, [*sorted(always), *parameters]


def linked(
	doctype: str,
	parties: dict[str, Condition],
	user: str,
	with_unassigned: bool,
	row: str = "Dynamic Link",
	judged: Collection[str] = (),
) -> Condition:
	"""Contacts or addresses that belong to a party that the user sees, to something that no branch limits,
	or to nobody but their creator.

	Arguments:
	        judged: what else branches limit; what belongs to such a document alone is not listed.
	        parties: the condition of each party DocType for this user, as `assigned` returns it.
	        with_unassigned: documents without any link count as well.
	        row: the child DocType that holds the links.
	"""
	link = f"select 1 from `tab{row}` link where link.parenttype = %s and link.parent = `tab{doctype}`.name"
	conditions: list[str] = []
	parameters: list = []
	for party, (condition, party_parameters) in parties.items():
		conditions.append(
			f"({link} and link.link_doctype = %s and link.link_name in"
			f" (select `tab{party}`.name from `tab{party}` where {condition}) limit 1) = 1"
		)
		parameters += [doctype, party, *party_parameters]
	limited = [*parties, *(name for name in judged if name not in parties)]
	names = ", ".join(["%s"] * len(limited))
	conditions.append(f"({link} limit 1) = 1 and ({link} and link.link_doctype in ({names}) limit 1) is null")
	parameters += [doctype, doctype, *limited]
	if with_unassigned:
		conditions.append(f"({link} limit 1) is null")
		parameters.append(doctype)
	else:
		conditions.append(f"`tab{doctype}`.owner = %s and ({link} limit 1) is null")
		parameters += [user, doctype]
	return f"({' or '.join(conditions)})", parameters


def in_column(doctype: str, field: str, branches: Collection[str], with_unassigned: bool) -> Condition:
	"""Documents of `doctype` whose column `field` holds one of `branches`, or nothing if that counts as well."""
	if not branches:
		return NOTHING
	column = f"`tab{doctype}`.`{field}`"
	reached = f"{column} in ({', '.join(['%s'] * len(branches))})"
	if with_unassigned:
		reached = f"({reached} or {column} is null or {column} = '')"
	return reached, sorted(branches)


def where_empty(reached: Condition, doctype: str, field: str, otherwise: Condition) -> Condition:
	"""What meets `reached`, and `otherwise` as well where its column `field` is empty."""
	is_filled = f"ifnull(`tab{doctype}`.`{field}`, '') <> ''"
	return f"({reached[0]} and ({is_filled} or {otherwise[0]}))", [*reached[1], *otherwise[1]]


def one_without_branch(doctype: str, field: str) -> Condition:
	"""A whole query: a row if the column `field` of any document of `doctype` is empty."""
	return f"select 1 from `tab{doctype}` where `{field}` is null or `{field}` = '' limit 1", []


def in_rows(
	doctype: str, row: str, field: str, branches: Collection[str], few: bool, with_unassigned: bool
) -> Condition:
	"""Documents of `doctype` all of whose rows in `row` that have a branch are in one of `branches`; those
	without any such row if the unassigned count as well.

	Arguments:
	        few: as for `assigned`.
	"""
	if not branches:
		return NOTHING
	column = f"line.`{field}`"
	name = f"`tab{doctype}`.name"
	names = ", ".join(["%s"] * len(branches))
	lines = f"from `tab{row}` line where line.parenttype = %s"
	own = f"{column} in ({names})"
	if with_unassigned:
		own = f"({own} or {column} is null or {column} = '')"
	if few:
		met = f"{name} in (select line.parent {lines} and {own})"
	else:
		met = f"(select 1 {lines} and line.parent = {name} and {own} limit 1) = 1"
	foreign = f"(select 1 {lines} and line.parent = {name} and {column} <> '' and {column} not in ({names}) limit 1)"
	return f"({met} and {foreign} is null)", [doctype, *sorted(branches)] * 2


def attached(
	doctype: str, type_field: str, name_field: str, carriers: dict[str, Condition], judged: Collection[str]
) -> Condition:
	"""Documents of `doctype` that hang on one that the user sees, or on one that no branch limits, or on none.

	Arguments:
	        carriers: the condition of each DocType that documents may hang on, for this user.
	        judged: the DocTypes that branches limit.
	"""
	kind, name = f"`tab{doctype}`.`{type_field}`", f"`tab{doctype}`.`{name_field}`"
	conditions = [f"ifnull({kind}, '') not in ({', '.join(['%s'] * len(judged))})"]
	parameters: list = [*judged]
	for carrier, (condition, own) in carriers.items():
		found = f"select 1 from `tab{carrier}` where `tab{carrier}`.name = {name} and {condition} limit 1"
		conditions.append(f"({kind} = %s and ({found}) = 1)")
		parameters += [carrier, *own]
	return f"({' or '.join(conditions)})", parameters


def shared(doctype: str, user: str) -> Condition:
	"""Documents of `doctype` that somebody has shared with the user, or with everybody."""
	shares = (
		"select share.share_name from `tabDocShare` share where share.share_doctype = %s and share.`read` = 1"
	)
	return f"`tab{doctype}`.name in ({shares} and (share.user = %s or share.everyone = 1))", [doctype, user]


def left_over(
	doctype: str,
	user_field: str,
	carrier_fields: tuple[str, str],
	user: str,
	carrier: str,
	visible: Condition,
) -> Condition:
	"""A whole query: name of each document of `doctype` for `user` that hangs on an existing `carrier` that he does
	not see.

	Arguments:
	        visible: the user's condition on `carrier`.
	"""
	kind, name = carrier_fields
	condition, parameters = visible
	there = f"select 1 from `tab{carrier}` where `tab{carrier}`.name = own.`{name}`"
	return (
		f"select own.name from `tab{doctype}` own where own.`{user_field}` = %s and own.`{kind}` = %s"
		f" and ({there} limit 1) = 1 and ({there} and {condition} limit 1) is null",
		[user, carrier, *parameters],
	)


def named(doctype: str, names: Collection[str]) -> Condition:
	"""Documents of `doctype` with one of these names."""
	if not names:
		return NOTHING
	return f"`tab{doctype}`.name in ({', '.join(['%s'] * len(names))})", sorted(names)


def either(one: Condition, other: Condition) -> Condition:
	return f"({one[0]} or {other[0]})", [*one[1], *other[1]]


def named_with(doctype: str, names: Collection[str], condition: Condition) -> Condition:
	"""A whole query: which of the documents with these names are stored, and whether each meets the condition."""
	text, parameters = condition
	listed = ", ".join(["%s"] * len(names))
	return f"select name, ({text}) from `tab{doctype}` where name in ({listed})", [*parameters, *names]


def unassigned_flags(doctype: str, always: Collection[str] = ()) -> Condition:
	"""A whole update: the flag of the unassigned set right on masters of `doctype`, nothing else touched.

	Arguments:
	        always: names of masters that need no branch.
	"""
	rows = (
		f"select 1 from `tabBranch Assignment` where parenttype = %s and parent = `tab{doctype}`.name limit 1"
	)
	others = f" and name not in ({', '.join(['%s'] * len(always))})" if always else ""
	right = f"(({rows}) is null{others})"
	return (
		f"update `tab{doctype}` set is_unassigned = {right} where is_unassigned <> {right}",
		[doctype, *sorted(always)] * 2,
	)


def owner_counts(doctype: str, branches: Collection[str], today: date, visible: str) -> Condition:
	"""A whole query: over the rows of `branches` valid `today`, how many masters, how many with a row that has
	no sales owner, how many with a row that has no support owner; each master counted once.

	Arguments:
	        visible: the user's condition on `doctype` as Frappe builds it, already escaped; "" for everything.
	"""
	rows, parameters = _valid_rows(doctype, branches, today)
	without = "count(distinct if(ifnull(assignment.{0}, '') = '', assignment.parent, null))"
	visible = f" and ({visible})".replace("%", "%%") if visible else ""
	return (
		f"select count(distinct assignment.parent), {without.format('sales_owner')},"
		f" {without.format('support_owner')}"
		f" from `tab{doctype}`, {rows} and assignment.parent = `tab{doctype}`.name{visible}",
		parameters,
	)


VALID = (
	"(assignment.from_date is null or assignment.from_date <= %s)"
	" and (assignment.to_date is null or assignment.to_date >= %s)"
)


def _valid_rows(doctype: str, branches: Collection[str], today: date) -> Condition:
	names = ", ".join(["%s"] * len(branches))
	return (
		"`tabBranch Assignment` assignment where assignment.parenttype = %s"
		f" and assignment.branch in ({names}) and {VALID}",
		[doctype, *sorted(branches), today, today],
	)
