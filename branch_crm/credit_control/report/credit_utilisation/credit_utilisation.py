"""How much of what customers and categories may owe is owed now."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import partial

import frappe
from frappe import _
from frappe.utils import flt, getdate

from branch_crm.branch_access import queries as access_queries
from branch_crm.branch_access.rules import Scope
from branch_crm.credit_control import (
	profile_queries,
	report_rows,
	utilisation_queries,
	utilisation_rules,
)
from branch_crm.credit_control.entry_rules import Component
from branch_crm.credit_control.report_rows import Facts, column, money_column
from branch_crm.credit_control.utilisation_queries import Asked, Use
from branch_crm.credit_control.utilisation_rules import Owed
from branch_crm.customer_master import group_queries
from branch_crm.customer_master.group_queries import By
from branch_crm.customer_master.tree_rules import NONE, Share

GROUPS = (By.CUSTOMER, By.CATEGORY, By.TRADE_TYPE, By.BRANCH)
_OF_CUSTOMER = {By.CATEGORY: "customer_category", By.TRADE_TYPE: "trade_type"}


@frappe.read_only()
def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	"""A row for each customer with a limit that the session's user may read, and for each group above it, in company
	currency: what `api.position` tells of it. By branch it has what is owed in the branches that he reaches.

	Filters: `company`; `group_by` (one of `GROUPS`, the first by default); `over`, more than so many per cent of the limit
	are used; `branch` and `customer_category` (with those below them), `trade_type`.
	"""
	filters = report_rows.plain(filters)
	company = report_rows.required_company(filters)
	frappe.has_permission("Customer", throw=True)
	node = By(report_rows.chosen(filters.group_by, [by.value for by in GROUPS]))
	asked = Asked(company, getdate(), filters.branch, filters.trade_type, filters.customer_category)
	scope = access_queries.scope_in_force(frappe.session.user)
	is_hidden = not scope.all and profile_queries.are_other_branches_hidden()
	reached = None if scope.all else scope.branches
	least = Decimal(str(flt(filters.over)))
	found = [
		(use, owed)
		for use in utilisation_queries.uses(asked)
		for owed in (utilisation_rules.told(use.by_branch, reached, is_hidden),)
		if not filters.over or utilisation_rules.is_over(owed.exposure, use.limit, least)
	]
	paths = group_queries.paths(node, "Customer", asked.branch, asked.category)
	facts = _facts(found, asked, node, scope)
	currency = frappe.get_cached_value("Company", company, "default_currency")
	part = None if node is By.CUSTOMER else By.CUSTOMER
	shares = list(_by_branch(found, asked) if node is By.BRANCH else _by_group(found, node))
	rows = report_rows.rolled_up(shares, paths, node, part, partial(_told, currency), facts)
	return _columns(node, part, with_others=not (scope.all or is_hidden)), list(rows)


def _by_group(found: list[tuple[Use, Owed]], node: By) -> Iterator[Share[Owed]]:
	for use, owed in found:
		group = use.customer if node is By.CUSTOMER else use.facts[_OF_CUSTOMER[node]] or NONE
		yield Share(frozenset([group]), frozenset([use.customer]), owed)


def _by_branch(found: list[tuple[Use, Owed]], asked: Asked) -> Iterator[Share[Owed]]:
	"""What is owed in the branches that are asked for and reached; also without a branch, by who sees all and asks for all."""
	branches = access_queries.reached_below("Customer", asked.branch)
	if access_queries.scope_in_force(frappe.session.user).all and not asked.branch:
		branches |= {NONE}
	for use, _owed in found:
		for branch in branches & use.by_branch.keys():
			owed = utilisation_rules.told({branch: use.by_branch[branch]}, None, is_hidden=False)
			if any(owed.components):
				yield Share(frozenset([branch]), frozenset([use.customer]), owed)


def _facts(found: list[tuple[Use, Owed]], asked: Asked, node: By, scope: Scope) -> Facts:
	facts = {(By.CUSTOMER, use.customer): _said_of(use, owed, node, asked.on) for use, owed in found}
	if node is By.CATEGORY and scope.all:
		# what all customers of a category owe together is not for who sees some of them
		for name, (limit, owed) in utilisation_queries.limits_of_categories(asked.company, asked.on).items():
			facts[By.CATEGORY, name] = _used(limit, owed) | {"available": float(limit - owed)}
	return facts


def _said_of(use: Use, owed: Owed, node: By, on: date) -> dict:
	available = use.position.available(on)
	said = {
		**use.facts,
		"available": None if available is None else float(available),
		"oldest_overdue_days": use.position.overdue.oldest_days,
		"verdict": _(use.verdict.name.title()),
		"sales_blocked": int(use.is_blocked),
	}
	# in a branch stands a part of what is owed under the limit
	return said if node is By.BRANCH else said | _used(use.limit, owed.exposure)


def _used(limit: Decimal | None, exposure: Decimal) -> dict:
	used = utilisation_rules.percentage(exposure, limit)
	return {
		"limit": None if limit is None else float(limit),
		"utilisation": None if used is None else round(float(used), 2),
	}


def _told(currency: str, owed: Owed) -> dict:
	components = dict(zip((one.value for one in Component), map(float, owed.components), strict=True))
	others = {"other_branches": float(owed.other_branches)}
	return {"currency": currency, "exposure": float(owed.exposure), **components, **others}


def _columns(node: By, part: By | None, with_others: bool) -> list[dict]:
	labels = {
		Component.RECEIVABLE: _("Receivable"),
		Component.ADVANCES: _("Advances"),
		Component.ORDERS: _("Orders Not Billed"),
		Component.DELIVERIES: _("Deliveries Not Billed"),
		Component.TILL_SALES: _("Till Sales"),
		Component.PAYABLES: _("Netted Payables"),
	}
	limit = [money_column("limit", _("Credit Limit")), column("utilisation", _("Used (%)"), "Percent")]
	others = [money_column("other_branches", _("Other Branches"))]
	return [
		report_rows.entry_column(" / ".join(_(by.value) for by in (node, part) if by)),
		*report_rows.customer_columns(),
		*(limit if node is not By.BRANCH else ()),
		money_column("exposure", _("Exposure")),
		money_column("available", _("Available")),
		column("oldest_overdue_days", _("Oldest Overdue Days"), "Int"),
		column("verdict", _("Verdict"), "Data"),
		column("sales_blocked", _("Sales Blocked"), "Check"),
		*(money_column(component.value, labels[component]) for component in Component),
		*(others if with_others and node is not By.BRANCH else ()),
		{**column("currency", _("Currency"), "Link", "Currency"), "hidden": 1},
	]
