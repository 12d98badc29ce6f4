"""What many tills note of one customer at once is counted once, while it is being noted: real processes on real
connections."""

import multiprocessing
from decimal import Decimal

import pymysql
import pytest

from branch_crm.credit_control import statements
from branch_crm.credit_control.entry_rules import Place
from tests.database.test_credit_races import connected

SALES, CUSTOMER = 40, ("Banyan", "CASH")


def _place(number: int, sale: int) -> Place:
	return Place("POS Invoice", f"{number}-{sale}", "till_sales", *CUSTOMER, f"Branch {number % 3}")


def _sell(schema: str, number: int, errors: object) -> None:
	"""Each sale is noted, and half of them are paid later: then they contribute nothing."""
	connection = connected(schema)
	try:
		for sale in range(SALES):
			place = _place(number, sale)
			name = statements.name_of(*vars(place).values())
			for amount in (Decimal(10), Decimal(0)) if sale % 2 else (Decimal(10),):
				with connection.cursor() as cursor:
					cursor.execute(*statements.put_entry(name, place, amount))
					cursor.execute(*statements.drop_entries([name]))
				connection.commit()
	except pymysql.MySQLError:
		with errors.get_lock():
			errors.value += 1
	connection.close()


def _fold(connection: pymysql.Connection) -> int:
	"""As the job does: the customer's row is kept, then what is noted is counted."""
	company, customer = CUSTOMER
	with connection.cursor() as cursor:
		cursor.execute(*statements.begin(statements.row_of(company, "Customer", customer, "")))
		cursor.fetchall()
		cursor.execute(*statements.pending_entries(*CUSTOMER))
		names = [name for (name,) in cursor.fetchall()]
		cursor.execute(*statements.lock_entries(names or [""]))
		pending = cursor.fetchall()
		for _name, branch, component, _amount, uncounted in pending:
			rows = [statements.row_of(company, "Customer", customer, one) for one in ("", branch)]
			cursor.execute(*statements.add({row: {component: uncounted} for row in rows}))
		if pending:
			counted = [name for name, *_rest in pending]
			cursor.execute(*statements.count_entries(counted))
			cursor.execute(*statements.drop_entries(counted))
	connection.commit()
	return len(pending)


def _keep_folding(schema: str, done: object, errors: object) -> None:
	connection = connected(schema)
	try:
		while not done.is_set():
			_fold(connection)
	except pymysql.MySQLError:
		with errors.get_lock():
			errors.value += 1
	connection.close()


def _rows(cursor: pymysql.cursors.Cursor) -> dict[str, Decimal]:
	cursor.execute("select branch, exposure from `tabCredit Exposure` where party = %s", [CUSTOMER[1]])
	return dict(cursor.fetchall())


@pytest.mark.parametrize("tills", [8, 16])
def test_what_tills_note_is_counted_once_while_they_sell(connection: pymysql.Connection, tills: int) -> None:
	with connection.cursor() as cursor:
		cursor.execute("select database()")
		((schema,),) = cursor.fetchall()
		for table in ("Credit Exposure", "Exposure Entry"):
			cursor.execute(f"delete from `tab{table}`")
	context = multiprocessing.get_context("fork")
	done, errors = context.Event(), context.Value("i", 0)
	folding = context.Process(target=_keep_folding, args=(schema, done, errors))
	selling = [context.Process(target=_sell, args=(schema, number, errors)) for number in range(tills)]
	for process in (folding, *selling):
		process.start()
	for process in selling:
		process.join()
	done.set()
	folding.join()
	_fold(connected(schema))
	left = Decimal(10) * (SALES // 2) * tills
	with connection.cursor() as cursor:
		rows = _rows(cursor)
		assert (errors.value, rows[""], sum(rows.values())) == (0, left, 2 * left)
		cursor.execute("select count(*), sum(counted), max(is_pending) from `tabExposure Entry`")
		assert cursor.fetchone() == (SALES // 2 * tills, left, 0)
		# anew from the entries it comes to the same
		for statement in statements.rebuild(*CUSTOMER):
			cursor.execute(*statement)
		assert _rows(cursor) == rows
