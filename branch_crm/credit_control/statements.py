"""The SQL that decides a race for a limit: what is owed under it is one row, changed by one statement.

A sum over the ledger does not decide it: two transactions that each see what was there before the other both pass. Nor does
a lock that is taken before the sum, as the sum is read from a snapshot that is older than the lock.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

# a statement and its parameters
Statement = tuple[str, list]

# what an exposure is made of, in company currency; advances are below zero, and so is what we owe where it is netted
COMPONENTS = ("receivable", "advances", "orders", "deliveries", "till_sales", "payables")
_TABLE = "`tabCredit Exposure`"


def begin(name: str, company: str, party_type: str, party: str, branch: str) -> Statement:
	"""Make the row of a limit where it is not there yet; `branch` is "" for all of them.

	Not by `insert ignore`: those who wait for a row that another one makes would share a lock of it, and then wait for each
	other for ever.
	"""
	return (
		f"insert into {_TABLE} (name, creation, modified, company, party_type, party, branch)"
		" values (%s, now(6), now(6), %s, %s, %s, %s) on duplicate key update name = name",
		[name, company, party_type, party, branch],
	)


def lock(name: str) -> Statement:
	"""A whole query: the exposure and its components as they are now, kept from others until the end of the transaction.

	Rows are locked one by one, in the same order by everybody: the customer's, its branches', its categories'.
	"""
	return f"select exposure, {', '.join(COMPONENTS)} from {_TABLE} where name = %s for update", [name]


def add(name: str, changes: Mapping[str, Decimal], bound: Decimal | None = None) -> Statement:
	"""Change the components of a row, by how much each. With a bound nothing is changed where what is owed would come to
	more: then no row is affected, and the limit has decided.

	Raises:
	        KeyError: there is no such component.
	"""
	changed = [component for component in COMPONENTS if component in changes]
	if unknown := changes.keys() - set(changed):
		raise KeyError(*sorted(unknown))
	amounts: Sequence[Decimal] = [changes[component] for component in changed]
	by = sum(amounts, Decimal(0))
	sets = "".join(f", `{component}` = `{component}` + %s" for component in changed)
	condition, parameters = ("", []) if bound is None else (" and exposure + %s <= %s", [by, bound])
	return (
		f"update {_TABLE} set exposure = exposure + %s{sets} where name = %s{condition}",
		[by, *amounts, name, *parameters],
	)
