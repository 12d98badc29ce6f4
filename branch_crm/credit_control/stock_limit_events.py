"""Where profiles judge, ERPNext's credit limits are not set: they would judge as well, and by other sums."""

from collections.abc import Collection

import frappe
from frappe import _
from frappe.model.document import Document

from branch_crm.credit_control import asked_queries


class StockLimitError(frappe.ValidationError):
	"""A credit limit of ERPNext's is set for a company whose limits stand in Credit Profiles."""


def refuse_rows(doc: Document, method: str | None = None) -> None:
	"""Of a customer or a customer group."""
	_refuse({row.company for row in doc.get("credit_limits") or ()})


def refuse_row_alone(doc: Document, method: str | None = None) -> None:
	_refuse({doc.company})


def refuse_limit(doc: Document, method: str | None = None) -> None:
	"""Of a company."""
	if doc.credit_limit:
		_refuse({doc.name})


def _refuse(companies: Collection[str]) -> None:
	if taken := sorted(companies & asked_queries.judged_companies()) if companies else ():
		frappe.throw(
			_("Credit limits of {0} stand in Credit Profiles. Set it there.").format(
				frappe.bold(", ".join(taken))
			),
			StockLimitError,
			title=_("Credit Limit"),
		)
