"""A limit that fits one sale lets one pass, whoever asks at the same moment: real processes on real connections."""

import multiprocessing
import os
from collections.abc import Sequence
from decimal import Decimal

import pymysql
import pytest

from branch_crm.credit_control import statements

ROUNDS = 50
SALE, BOUND = Decimal("60.00"), Decimal("100.00")


def connected(schema: str) -> pymysql.Connection:
	return pymysql.connect(
		host=os.environ["BRANCH_CRM_DB_HOST"],
		port=int(os.environ["BRANCH_CRM_DB_PORT"]),
		user=os.environ["BRANCH_CRM_DB_USER"],
		password=os.environ["BRANCH_CRM_DB_PASSWORD"],
		database=schema,
		charset="utf8mb4",
	)


def _sell(cursor: pymysql.cursors.Cursor, names: Sequence[str], bounds: Sequence[Decimal | None]) -> bool:
	"""What every sale does: keep the rows from others in their order, add to them, then judge what they come to."""
	rows = [(name, "Banyan", "Customer", name, "") for name in names]
	cursor.execute(*statements.begin(*rows))
	cursor.fetchall()
	cursor.execute(*statements.add({row: {"orders": SALE} for row in rows}))
	cursor.execute(*statements.lock(*names))
	owed = {name: amount for name, amount, _orders in cursor.fetchall()}
	return all(bound is None or owed[name] <= bound for name, bound in zip(names, bounds, strict=True))


def _take_part(
	schema: str, number: int, limits: str, barrier: object, passed: object, errors: object
) -> None:
	connection = connected(schema)
	for round_ in range(ROUNDS):
		names, bounds = _asked(limits, round_, number)
		barrier.wait()
		try:
			with connection.cursor() as cursor:
				is_sold = _sell(cursor, names, bounds)
			connection.commit() if is_sold else connection.rollback()
			if is_sold:
				with passed.get_lock():
					passed[round_] += 1
		except pymysql.MySQLError:
			connection.rollback()
			with errors.get_lock():
				errors.value += 1
	connection.close()


def _asked(limits: str, round_: int, number: int) -> tuple[list[str], list[Decimal | None]]:
	"""The rows of a sale in this round, and up to where each may come."""
	customer, branch = f"{limits} {round_}", f"{limits} {round_} branch {number % 2}"
	if limits == "customer":
		return [customer], [BOUND]
	if limits == "two branches":
		return [customer, branch], [BOUND, Decimal(1000)]
	# customers of one category, without a limit of their own
	return [f"{customer} own {number}", f"{customer} category"], [None, BOUND]


@pytest.mark.parametrize("processes", [8, 16])
@pytest.mark.parametrize("limits", ["customer", "two branches", "category"])
def test_of_many_that_do_not_fit_together_exactly_one_passes(
	connection: pymysql.Connection, limits: str, processes: int
) -> None:
	with connection.cursor() as cursor:
		cursor.execute("select database()")
		((schema,),) = cursor.fetchall()
		cursor.execute("delete from `tabCredit Exposure`")
	context = multiprocessing.get_context("spawn")
	barrier, passed, errors = context.Barrier(processes), context.Array("i", ROUNDS), context.Value("i")
	workers = [
		context.Process(target=_take_part, args=(schema, number, limits, barrier, passed, errors))
		for number in range(processes)
	]
	for worker in workers:
		worker.start()
	for worker in workers:
		worker.join()
	assert errors.value == 0
	assert list(passed) == [1] * ROUNDS
	with connection.cursor() as cursor:
		cursor.execute("select distinct exposure, orders from `tabCredit Exposure` where exposure")
		assert cursor.fetchall() == ((SALE, SALE),)


def test_a_row_is_made_once_and_changed_by_its_components(connection: pymysql.Connection) -> None:
	with connection.cursor() as cursor:
		one, two = (("one", "Banyan", "Customer", "Acme", ""), ("two", "Banyan", "Customer", "Acme", "Goa"))
		for _time in range(2):
			cursor.execute(*statements.begin(one))
			assert cursor.fetchall() == (("one", 0, 0),)
		cursor.execute(*statements.add({one: {"receivable": Decimal(70), "advances": Decimal(-20)}}))
		# one that is not there yet is made
		cursor.execute(*statements.add({one: {"orders": Decimal(30)}, two: {"orders": Decimal(30)}}))
		# an amount moves from the order to the ledger: nothing is added
		moved = {"orders": Decimal(-30), "receivable": Decimal("30.01")}
		cursor.execute(*statements.add({two: moved}))
		cursor.execute(*statements.begin(one, two))
		found = (("one", 80, 30), ("two", Decimal("30.01"), 0))
		assert cursor.fetchall() == found
		cursor.execute(*statements.lock("one", "two"))
		assert cursor.fetchall() == found
		components = ", ".join(statements.COMPONENTS)
		cursor.execute(f"select {components} from `tabCredit Exposure` where party = 'Acme' order by name")
		assert cursor.fetchall() == ((70, -20, 30, 0, 0, 0), (Decimal("30.01"), 0, 0, 0, 0, 0))


def test_an_unknown_component_is_refused() -> None:
	with pytest.raises(KeyError, match="wishes"):
		statements.add({("one", "Banyan", "Customer", "Acme", ""): {"wishes": Decimal(1)}})
