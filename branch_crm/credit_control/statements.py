"""The SQL that decides a race for a limit: what is owed under it is one row, kept from others by one statement before it is
added to and judged.

A sum over the ledger does not decide it: two transactions that each see what was there before the other both pass. Nor does
a lock that is taken before the sum, as the sum is read from a snapshot that is older than the lock.
"""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from hashlib import sha1

from branch_crm.credit_control.entry_rules import Component, Place

# a statement and its parameters
Statement = tuple[str, list]
# of a limit: name, company, party type, party, and branch, "" for all of them
Row = tuple[str, str, str, str, str]

COMPONENTS = tuple(component.value for component in Component)
_TABLE, _ENTRIES = "`tabCredit Exposure`", "`tabExposure Entry`"
_PARTS = ("voucher_type", "voucher_no", "component", "company", "customer", "branch")
_ROW = "name, creation, modified, company, party_type, party, branch"
_PLACE_OF_ROW = "%s, now(6), now(6), %s, %s, %s, %s"
_BETWEEN = "\x1f"


def name_of(*parts: str) -> str:
	"""The name of the row for these parts: who makes it at the same time makes the same."""
	return sha1(_BETWEEN.join(parts).encode()).hexdigest()


def row_of(company: str, party_type: str, party: str, branch: str) -> Row:
	return name_of(company, party_type, party, branch), company, party_type, party, branch


def begin(*rows: Row) -> Statement:
	"""A whole query: the rows of limits, made where they are not there yet, and kept from others until the end of the
	transaction, in this order; by name, the exposure as it is now, and how much of it is ordered.

	Not by `insert ignore`: those who wait for a row that another one makes would share a lock of it, and then wait for each
	other for ever.
	"""
	places = ", ".join([f"({_PLACE_OF_ROW})"] * len(rows))
	return (
		f"insert into {_TABLE} ({_ROW}) values {places} on duplicate key update name = name returning name, exposure, orders",
		[value for row in rows for value in row],
	)


def lock(*names: str) -> Statement:
	"""A whole query: by name, the exposure as it is now, and how much of it is ordered, kept from others until the end of the
	transaction.

	Rows are locked in the same order by everybody: the customer's, its branches', its categories'. Several at once are those
	that `begin` has locked already.
	"""
	return f"select name, exposure, orders from {_TABLE} where name in %s for update", [names]


def add(changes: Mapping[Row, Mapping[str, Decimal]]) -> Statement:
	"""Change the components of these rows, by how much each, in this order; those that are not there yet are made.

	Raises:
	        KeyError: there is no such component.
	"""
	if unknown := {component for sums in changes.values() for component in sums} - set(COMPONENTS):
		raise KeyError(*sorted(unknown))
	columns = ("exposure", *COMPONENTS)
	places = ", ".join([f"({_PLACE_OF_ROW}{', %s' * len(columns)})"] * len(changes))
	return (
		f"insert into {_TABLE} ({_ROW}, {', '.join(columns)}) values {places} on duplicate key update "
		+ ", ".join(f"{column} = {column} + values({column})" for column in columns),
		[
			value
			for row, sums in changes.items()
			for value in (*row, sum(sums.values()), *(sums.get(component, 0) for component in COMPONENTS))
		],
	)


def put_entry(name: str, place: Place, amount: Decimal) -> Statement:
	"""Note what a voucher contributes to a place. What is counted of it is left to who counts: it may be doing so now."""
	columns = (*_PARTS, "amount")
	values = [*(getattr(place, part) for part in _PARTS), amount]
	changed = ", ".join(f"{column} = values({column})" for column in columns)
	return (
		f"insert into {_ENTRIES} (name, creation, modified, is_pending, {', '.join(columns)})"
		f" values (%s, now(6), now(6), 1{', %s' * len(columns)})"
		f" on duplicate key update modified = values(modified), is_pending = counted != values(amount), {changed}",
		[name, *values],
	)


def drop_entries(names: Collection[str]) -> Statement:
	"""Forget those that contribute nothing, and of which nothing is counted."""
	return f"delete from {_ENTRIES} where name in %s and amount = 0 and counted = 0", [sorted(names)]


def pending_entries(company: str, customer: str) -> Statement:
	"""The names of the entries of a customer that are not counted yet."""
	return (
		f"select name from {_ENTRIES} where company = %s and customer = %s and is_pending = 1",
		[company, customer],
	)


def lock_entries(names: Collection[str]) -> Statement:
	"""A whole query: branch, component, amount and what is not counted of these, kept from others until the end of the transaction.

	By name, and without those that others are changing now: who waited for them would stand between what they have noted and
	what they are about to note.
	"""
	return (
		f"select name, branch, component, amount, amount - counted from {_ENTRIES} where name in %s for update skip locked",
		[sorted(names)],
	)


def count_entries(names: Collection[str]) -> Statement:
	"""Note that they are counted."""
	return f"update {_ENTRIES} set counted = amount, is_pending = 0 where name in %s", [sorted(names)]


def rebuild(company: str, customer: str) -> Sequence[Statement]:
	"""The rows of a customer anew from what is counted of its entries."""
	place = [company, customer]
	of_customer = "company = %s and customer = %s"
	return (
		(f"delete from {_TABLE} where company = %s and party_type = 'Customer' and party = %s", place),
		(_summed("''", of_customer), place),
		(_summed("branch", f"{of_customer} and branch != ''"), place),
	)


def rebuild_branch(branch: str) -> Sequence[Statement]:
	"""The rows of a branch, of all customers, anew from what is counted of their entries."""
	return (
		(f"delete from {_TABLE} where party_type = 'Customer' and branch = %s", [branch]),
		(_summed("branch", "branch = %s"), [branch]),
	)


def rebuild_category(
	name: str, company: str, category: str, categories: Collection[str], but: str
) -> Sequence[Statement]:
	"""The row of a category anew from those of the customers in it and in what is below it (`categories`), but for one.

	To be run by a transaction that has read nothing yet: who has changed the row of a customer meanwhile waits for the lock of
	the category, and adds to it afterwards.
	"""
	sets = ", ".join(f"c.{one} = s.{one}" for one in ("exposure", *COMPONENTS))
	parts = ", ".join(f"ifnull(sum(e.{one}), 0) {one}" for one in ("exposure", *COMPONENTS))
	return (
		begin((name, company, "Customer Category", category, "")),
		lock(name),
		(
			f"update {_TABLE} c, (select {parts} from {_TABLE} e join `tabCustomer` on `tabCustomer`.name = e.party"
			" where e.company = %s and e.party_type = 'Customer' and e.branch = '' and e.party != %s"
			f" and `tabCustomer`.customer_category in %s) s set {sets} where c.name = %s",
			[company, but, list(categories), name],
		),
	)


def _summed(branch: str, condition: str) -> str:
	sums = ", ".join(f"sum(if(component = '{one}', counted, 0))" for one in COMPONENTS)
	columns = f"{_ROW}, exposure, {', '.join(COMPONENTS)}"
	key = f"sha1(concat_ws(char(31), company, 'Customer', customer, {branch}))"
	return (
		f"insert into {_TABLE} ({columns}) select {key}, now(6), now(6), company, 'Customer', customer,"
		f" {branch}, sum(counted), {sums} from {_ENTRIES}"
		f" where {condition} group by company, customer, {branch}"
	)
