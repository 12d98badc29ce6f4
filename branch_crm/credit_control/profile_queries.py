"""What Credit Profiles and defaults grant to a customer, and who may grant more."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

import frappe
from frappe.model.document import Document
from frappe.utils import get_datetime, getdate

from branch_crm.branch_access import queries as access_queries
from branch_crm.credit_control.profile_rules import Temporary, Terms
from branch_crm.credit_control.release_rules import Authority
from branch_crm.credit_control.rules import Action, Actions, Extra, Kind, OverdueTerms, Rule
from branch_crm.customer_master import cash_queries, category_queries
from branch_crm.party_netting.queries import exact

PROFILE, SETTINGS = "Credit Profile", "Credit Settings"
CUSTOMER, CATEGORY = "Customer", "Customer Category"
_KEEPER = "Accounts Manager"
# asked with every sale: to build these queries takes longer than to answer them
_SETTINGS = "select value from tabSingles where doctype = 'Credit Settings' and field = 'modified'"
_CUSTOMER = (
	f"select c.trade_type, k.name, k.parent_customer_category, ({_SETTINGS}) from tabCustomer c"
	" left join `tabCustomer Category` k on k.name = c.customer_category where c.name = %s"
)
_PROFILES = (
	"select party_type, party, name, modified from `tabCredit Profile`"
	" where company = %s and party in %s order by creation desc"
)


def profile_of(party_type: str, party: str, company: str) -> Document | None:
	return _profiles(company, [(party_type, party)]).get((party_type, party))


def terms_of(customer: str, company: str) -> Terms:
	"""Those of the customer's profile, else of its trade type, else of the company; else nothing is judged, and of CASH, who
	pays at once, never."""
	return grants_of(customer, company)[0]


def shared_by(customer: str, company: str) -> list[str]:
	"""The names of the categories above a customer that have a profile in the company, from leaf to root; of CASH none."""
	if customer == cash_queries.cash_customer():
		return []
	_trade_type, above, _usual = _asked_about(customer)
	rows = frappe.db.sql(_PROFILES, [company, above]) if above else ()
	kept = {party for kind, party, *_kept in rows if kind == CATEGORY}
	return [name for name in above if name in kept]


def grants_of(customer: str, company: str) -> tuple[Terms, list[tuple[str, Terms]]]:
	"""The terms of a customer, and by name those of the categories above it that have a profile, from leaf to root; nothing of
	CASH, who pays at once."""
	if customer == cash_queries.cash_customer():
		return Terms(), []
	trade_type, above, usual = _asked_about(customer)
	profiles = _profiles(company, [(CUSTOMER, customer), *((CATEGORY, name) for name in above)])
	own = profiles.get((CUSTOMER, customer))
	terms = _terms(own, usual, own.name) if own else _default(trade_type, company, usual)
	kept = ((name, profiles.get((CATEGORY, name))) for name in above)
	return terms, [(name, _terms(profile, usual, profile.name)) for name, profile in kept if profile]


def terms_of_all(trade_types: Mapping[str, str | None], company: str) -> dict[str, Terms]:
	"""The same of many customers, given their trade types."""
	said, usual = {row.party: row for row in profiles_of(CUSTOMER, company)}, settings()
	found = {name: _terms(said[name], usual, said[name].name) for name in trade_types.keys() & said.keys()}
	defaults = {kind: _default(kind, company, usual) for kind in set(trade_types.values())}
	found = {name: found.get(name) or defaults[kind] for name, kind in trade_types.items()}
	if (cash := cash_queries.cash_customer()) in found:
		found[cash] = Terms()
	return found


def profiles_of(party_type: str, company: str) -> list[frappe._dict]:
	"""All profiles of customers, or of categories, with their tables; of several of one party the first that was made."""
	rows = frappe.get_all(
		PROFILE, {"party_type": party_type, "company": company}, ["*"], order_by="creation desc"
	)
	found = {row.party: row for row in rows}
	by_name = {row.name: row for row in found.values()}
	for table in frappe.get_meta(PROFILE).get_table_fields():
		for row in by_name.values():
			row[table.fieldname] = []
		place = {"parenttype": PROFILE, "parentfield": table.fieldname, "parent": ["in", list(by_name)]}
		for child in frappe.get_all(table.options, place, ["*"], order_by="idx") if by_name else ():
			by_name[child.parent][table.fieldname].append(child)
	return list(found.values())


def are_defaults_set(company: str) -> bool:
	"""Whether customers without a profile may have a limit."""
	return any(row.company == company for row in settings().defaults)


def terms_of_categories(company: str) -> dict[str, Terms]:
	"""Those of all categories that have a profile in the company."""
	usual = settings()
	return {row.party: _terms(row, usual, row.name) for row in profiles_of(CATEGORY, company)}


def shares_any() -> bool:
	"""Whether a category shares a limit, or what its customers owe is still kept."""
	shared = {"party_type": CATEGORY}
	return bool(frappe.db.exists(PROFILE, shared) or frappe.db.exists("Credit Exposure", shared))


def authorities_of(user: str) -> list[Authority]:
	"""Up to which amounts a user may set limits, approve and release, and where. As long as nobody has said so, whoever keeps
	the accounts grants anything."""
	roles, said = set(frappe.get_roles(user)), settings().authorities
	if not said:
		return [Authority(_KEEPER)] if _KEEPER in roles else []
	return [
		Authority(
			row.role,
			exact(row.amount) if row.amount else None,
			access_queries.tree().with_descendants(row.branch) if row.branch else None,
		)
		for row in said
		if row.role in roles
	]


def roles_with_authority() -> set[str]:
	"""The roles that may grant something at all."""
	return {row.role for row in settings().authorities} or {_KEEPER}


def are_other_branches_hidden() -> bool:
	return bool(settings().hide_other_branches)


def guarantee(name: str) -> frappe._dict:
	"""What a bank guarantees to us: customer, amount, from and to; nothing where it is not for us, or not submitted."""
	fields = ["customer", "amount", "start_date", "end_date"]
	received = {"name": name, "bg_type": "Receiving", "docstatus": 1}
	return frappe.db.get_value("Bank Guarantee", received, fields, as_dict=True) or frappe._dict()


def _asked_about(customer: str) -> tuple[str | None, list[str], Document]:
	"""Its trade type, its category with those above it, the nearest first, and the settings."""
	found = frappe.db.sql(_CUSTOMER, [customer])
	trade_type, category, parent, modified = found[0] if found else (None, None, None, None)
	above = [category, *category_queries.path_above(parent)] if category else []
	return trade_type, above, _as_stored(SETTINGS, SETTINGS, modified)


def _profiles(company: str, parties: list[tuple[str, str]]) -> dict[tuple[str, str], Document]:
	"""By type and party, those of these parties; of several of one party the first that was made."""
	rows = frappe.db.sql(_PROFILES, [company, [name for _type, name in parties]])
	found = {(kind, party): kept for kind, party, *kept in rows}
	return {party: _as_stored(PROFILE, *found[party]) for party in parties if party in found}


def settings() -> Document:
	modified = frappe.db.sql(_SETTINGS)
	return _as_stored(SETTINGS, SETTINGS, modified[0][0] if modified else None)


def _as_stored(doctype: str, name: str, modified: str | datetime | None) -> Document:
	"""The document from the cache, if that is what is stored: who began before somebody else changed it may have put there what
	it was until then."""
	kept = frappe.get_cached_doc(doctype, name)
	return kept if get_datetime(kept.modified) == get_datetime(modified) else frappe.get_doc(doctype, name)


def _default(trade_type: str | None, company: str, usual: Document) -> Terms:
	defaults = [row for row in usual.defaults if row.company == company]
	for wanted in (trade_type, None) if trade_type else (None,):
		for row in defaults:
			if (row.trade_type or None) == wanted:
				return _terms(row, usual)
	return Terms(actions=_actions(usual.actions))


def _terms(said: Document | frappe._dict, usual: Document, source: str = "") -> Terms:
	overdue = OverdueTerms(said.grace_days or 0, exact(said.overdue_amount)) if said.judge_overdue else None
	return Terms(
		source=source,
		limit=exact(said.credit_limit),
		is_judged=bool(said.check_credit),
		stops_sales=bool(said.stop_sales),
		tolerance=exact(said.tolerance),
		is_blocked=bool(said.get("sales_blocked")),
		overdue=overdue,
		branch_limits={row.branch: exact(row.credit_limit) for row in said.get("branch_limits") or ()},
		extras=tuple(_extras(said)),
		actions={**_actions(usual.actions), **_actions(said.get("actions") or ())},
	)


def _extras(said: Document | frappe._dict) -> Iterable[Extra]:
	for row in said.get("temporary_limits") or ():
		temporary = Temporary(
			exact(row.amount), getdate(row.valid_from), getdate(row.valid_to), row.approved_by
		)
		if temporary.extra:
			yield temporary.extra
	for row in said.get("guarantees") or ():
		found = guarantee(row.bank_guarantee)
		if found.amount and found.customer == said.party:
			yield Extra(exact(found.amount), getdate(found.start_date), _end(found.end_date))


def _end(day: date | None) -> date | None:
	return getdate(day) if day else None


def _actions(rows: Iterable[Document]) -> Actions:
	return {(Kind(row.kind), Rule(row.rule)): Action[row.action.upper()] for row in rows}
