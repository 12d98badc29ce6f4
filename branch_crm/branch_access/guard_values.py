"""What the values of a call have to be, whatever documents they name."""

from collections.abc import Iterable
from typing import NoReturn

import frappe
from frappe import _

from branch_crm.branch_access import guard_queries, guard_rules, value_rules
from branch_crm.branch_access.argument_rules import Malformed
from branch_crm.branch_access.guard_methods import Method
from branch_crm.branch_access.guard_requests import Call


def refuse_values(call: Call, method: Method) -> None:
	"""Let no call go on whose values would change what is asked for.

	Raises:
	        frappe.DoesNotExistError: an argument is left out without which the function answers over everything, or a
	                DocType is spelt otherwise: the database finds what the guard does not know.
	        frappe.PermissionError: a value would change a query of the database, or widens what is asked for.
	"""
	if not all(call.arguments.get(argument) for argument in method.needed):
		raise frappe.DoesNotExistError
	try:
		pairs = value_rules.pairs_in(call.arguments)
	except Malformed:
		raise frappe.DoesNotExistError from None
	if value_rules.has_sql(pairs):
		_refuse_quotes()
	if any(map(value_rules.is_barred, pairs)):
		raise frappe.PermissionError
	declared = value_rules.kinds_among(pair for pair in pairs if pair[0] in method.arguments)
	kinds = value_rules.kinds_among(pair for pair in pairs if pair[0] not in method.arguments)
	if guard_queries.are_spelt_otherwise(kinds.union(map(guard_queries.spelt, declared))):
		raise frappe.DoesNotExistError
	refuse_quotes_in(value for key in method.plain for value in guard_rules.values_at(key, call.arguments))


def refuse_quotes_in(values: Iterable[object]) -> None:
	"""Raises:
	frappe.PermissionError: one of them would change a query of the database.
	"""
	if not all(map(value_rules.is_plain, values)):
		_refuse_quotes()


def _refuse_quotes() -> NoReturn:
	frappe.throw(_("Quotes have no place in a date, a unit or the like."), frappe.PermissionError)
