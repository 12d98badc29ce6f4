"""The condition of what a user sees of each DocType, from the same registry, scope and rules that judge one document."""

from collections.abc import Iterator

from frappe.utils import getdate

from branch_crm.branch_access import member_queries, naming_statements, queries, registry, statements
from branch_crm.branch_access.assignment_rules import Unassigned
from branch_crm.branch_access.naming_statements import Naming
from branch_crm.branch_access.registry import By

_Known = dict[str, statements.Condition]


def condition(
	by: By, user: str, doctype: str, unassigned: Unassigned, named: bool = False, known: _Known | None = None
) -> statements.Condition | None:
	"""With `named` for a query that names its documents: there is no way through a list to be chosen. `known` are the
	conditions that were made on the way to this one."""
	known = {} if known is None else known
	everybody = unassigned is Unassigned.EVERYBODY
	branches = queries.scope(user, doctype).branches
	if by is By.ITSELF:
		return statements.named(doctype, queries.any_scope(user).branches)
	if by is By.ASSIGNMENTS:
		few = named or member_queries.is_few(doctype, branches, everybody)
		always = registry.always_visible(doctype)
		return statements.assigned(doctype, branches, getdate(), few, everybody, always)
	if by is By.PARTIES:
		parties = {party: of(party, user, unassigned, named, known) for party in registry.party_doctypes()}
		judged = registry.limiting_linked()
		return statements.linked(doctype, parties, user, everybody and bool(branches), judged=judged)
	if by in (By.COLUMN, By.OPTIONAL):
		# an index serves the list only where nobody has to look for those without a branch
		with_unassigned = (everybody or by is By.OPTIONAL) and (
			named or queries.is_any_without_branch(doctype)
		)
		reached = statements.in_column(doctype, registry.branch_field(), branches, with_unassigned)
		namings = list(_namings(user, doctype, unassigned, known)) if by is By.OPTIONAL else []
		if not namings or not with_unassigned:
			return reached
		named_ones = naming_statements.naming(doctype, namings)
		return statements.where_empty(reached, doctype, registry.branch_field(), named_ones)
	if by is By.ROWS:
		rows = registry.rows_of(doctype)
		few = named or member_queries.is_few(doctype, branches, everybody)
		return statements.in_rows(doctype, rows, registry.branch_field(), branches, few, everybody)
	if by is By.NAMING:
		return naming_statements.naming(doctype, list(_namings(user, doctype, unassigned, known)))
	if by is By.ATTACHED:
		carriers = {name: of(name, user, unassigned, known=known) for name in registry.carriers_of(doctype)}
		attached = statements.attached(
			doctype, *registry.attached_to(doctype), carriers, registry.judged_doctypes()
		)
		if registry.links_of_unattached(doctype):
			return by_party(attached, doctype, user, unassigned, known)
		return attached
	return None if branches else statements.NOTHING


def _namings(user: str, doctype: str, unassigned: Unassigned, known: _Known) -> Iterator[Naming]:
	for one in registry.naming_fields(doctype):
		seen = {name: of(name, user, unassigned, known=known) for name in one.doctypes}
		yield Naming(one.field, seen, one.kind, one.row)


def of(
	doctype: str, user: str, unassigned: Unassigned, named: bool = False, known: _Known | None = None
) -> statements.Condition:
	"""The same of a DocType, everything where branches do not limit the user."""
	known = {} if known is None else known
	if doctype not in known:
		by = registry.scoping_of(doctype)
		known[doctype] = condition(by, user, doctype, unassigned, named, known) or statements.EVERYTHING
	return known[doctype]


def by_party(
	attached: statements.Condition, doctype: str, user: str, unassigned: Unassigned, known: _Known
) -> statements.Condition:
	"""What meets `attached`; what hangs on nothing, only if the user sees one of the parties that it is linked to."""
	row = registry.links_of_unattached(doctype)
	parties = {party: of(party, user, unassigned, known=known) for party in registry.party_doctypes()}
	own = statements.linked(
		doctype, parties, user, with_unassigned=True, row=row, judged=registry.limiting_linked()
	)
	return statements.where_empty(attached, doctype, registry.attached_to(doctype)[0], own)
