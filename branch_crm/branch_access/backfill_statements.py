"""The SQL of the backfill, as functions returning text and parameters. Nothing here touches `modified`, and
nothing writes where something stands."""

from collections.abc import Collection, Sequence

from branch_crm.branch_access.statements import Condition


def empty_documents(
	doctype: str, field: str, after: str, limit: int | None, company: str | None = None
) -> Condition:
	"""A whole query: names of documents whose column is empty, in the order of names, from `after` on."""
	empty = f"({_empty(f'`{field}`')})"
	return _page(f"select name from `tab{doctype}` where name > %s and {empty}", [after], company, limit)


def documents_with_empty_rows(
	doctype: str, row: str, field: str, after: str, limit: int | None, company: str | None = None
) -> Condition:
	"""A whole query: names of documents with a row in `row` whose column is empty."""
	rows = f"select 1 from `tab{row}` line where line.parent = document.name and line.parenttype = %s"
	return _page(
		f"select document.name from `tab{doctype}` document where document.name > %s"
		f" and exists ({rows} and ({_empty(f'line.`{field}`')}))",
		[after, doctype],
		company,
		limit,
	)


def unassigned_masters(doctype: str, after: str, limit: int | None) -> Condition:
	"""A whole query: names of masters without any branch row."""
	return _page(
		f"select name from `tab{doctype}` where name > %s and is_unassigned = 1", [after], None, limit
	)


def counted(query: Condition) -> Condition:
	"""A whole query: how many rows another one finds."""
	return f"select count(*) from ({query[0]}) found", query[1]


def locked_empty(doctype: str, field: str, conditions: dict[str, Collection[str]]) -> Condition:
	"""A whole query: name, `parent` or voucher (None where a document is looked for by name), and whether an
	empty text stands there, of the rows whose column is empty; locked until the transaction ends.

	Arguments:
	        conditions: values by column, all of them to be met; the last column is returned.
	"""
	where = " and ".join(
		f"`{column}` in ({', '.join(['%s'] * len(values))})" for column, values in conditions.items()
	)
	return (
		f"select name, `{list(conditions)[-1]}`, `{field}` is not null from `tab{doctype}`"
		f" where {where} and ({_empty(f'`{field}`')}) for update",
		[value for values in conditions.values() for value in values],
	)


def locked_unassigned(doctype: str, names: Collection[str]) -> Condition:
	"""A whole query: those of `names` that have no branch row, locked until the transaction ends."""
	rows = (
		"select 1 from `tabBranch Assignment` line where line.parenttype = %s and line.parent = master.name"
	)
	return (
		f"select master.name from `tab{doctype}` master where master.name in ({_places(names)})"
		f" and not exists ({rows}) for update",
		[*names, doctype],
	)


def give(doctype: str, field: str, branch: str, names: Collection[str]) -> Condition:
	"""A whole update: the branch of rows whose column is empty."""
	return (
		f"update `tab{doctype}` set `{field}` = %s where name in ({_places(names)}) and ({_empty(f'`{field}`')})",
		[branch, *names],
	)


def insert(doctype: str, columns: Sequence[str], rows: Sequence[Sequence]) -> Condition:
	"""A whole insert of several rows."""
	names = ", ".join(f"`{column}`" for column in columns)
	row = f"({_places(columns)})"
	return (
		f"insert into `tab{doctype}` ({names}) values {', '.join([row] * len(rows))}",
		[value for values in rows for value in values],
	)


def take_back(doctype: str, field: str, branch: str, was_blank: bool, names: Collection[str]) -> Condition:
	"""A whole update: what stood there before, on rows that still have the branch."""
	before = "''" if was_blank else "null"
	return (
		f"update `tab{doctype}` set `{field}` = {before} where name in ({_places(names)}) and `{field}` = %s",
		[*names, branch],
	)


def locked_untouched_rows(
	master: str, columns: Collection[str], branch: str, names: Collection[str]
) -> Condition:
	"""A whole query: name and master of those branch rows that nobody changed and that are still their
	master's only one, locked until the transaction ends.

	Arguments:
	        columns: what the backfill left empty in its rows.
	"""
	untouched = "".join(f" and ifnull(own.`{column}`, '') in ('', '0')" for column in columns)
	others = (
		"select 1 from `tabBranch Assignment` line where line.parenttype = own.parenttype"
		" and line.parent = own.parent and line.name <> own.name"
	)
	return (
		f"select own.name, own.parent from `tabBranch Assignment` own where own.name in ({_places(names)})"
		f" and own.parenttype = %s and own.branch = %s and own.is_primary = 1{untouched}"
		f" and not exists ({others}) for update",
		[*names, master, branch],
	)


def branches_of_parties(doctype: str, field: str, party: str, type_field: str | None) -> Condition:
	"""A whole query: the DocType of a party (None where the link names it), the party, and a branch of its
	documents; each once."""
	kind = f"`{type_field}`" if type_field else "null"
	return (
		f"select distinct {kind}, `{party}`, `{field}` from `tab{doctype}`"
		f" where `{party}` <> '' and `{field}` <> ''",
		[],
	)


def _page(query: str, parameters: list, company: str | None, limit: int | None) -> Condition:
	if company:
		query, parameters = f"{query} and company = %s", [*parameters, company]
	if limit:
		query, parameters = f"{query} order by name limit %s", [*parameters, limit]
	return query, parameters


def _empty(column: str) -> str:
	return f"{column} is null or {column} = ''"


def _places(values: Collection[str]) -> str:
	return ", ".join(["%s"] * len(values))
