"""Who pays what."""

from collections.abc import Sequence
from datetime import date, timedelta

from branch_crm.branch_access.rules import BranchTree, Scope, scope_of
from branch_crm.demo import records
from branch_crm.demo.category_records import trade_type_of
from branch_crm.demo.price_records import DemoPrice, holding, prices
from branch_crm.demo.sales_records import DEALS, DemoDeal

SHOWN = 10


def who_pays_what(users: Sequence[records.DemoUser], today: date, in_detail: bool = False) -> list[str]:
	"""The scene's lines: the prices of the trade types, then what was asked for in the branches that one of `users`
	reaches."""
	offered = prices(today)
	lines = ["", f"{records.COMPANY}: who pays what", ""]
	lines += [f"  {one.trade_type:12} {_terms(one)}" for one in offered]
	tree = BranchTree(records.tree_nodes())
	scopes = [
		Scope(all=True) if user.is_head_office else scope_of(user.memberships(today), tree, "Quotation")
		for user in users
	]
	deals = [deal for deal in DEALS if any(scope.reaches(deal.branch) for scope in scopes)]
	limit = None if in_detail else SHOWN
	lines += ["", *(_line(deal, offered, today) for deal in deals[:limit])]
	if limit and len(deals) > limit:
		lines.append(f"    … and {len(deals) - limit} more; AS={records.USERS[0].login} shows all")
	return lines


def _line(deal: DemoDeal, offered: Sequence[DemoPrice], today: date) -> str:
	customer = next(one for one in records.CUSTOMERS if one.name == deal.customer)
	trade_type = trade_type_of(customer)
	day = today - timedelta(days=deal.days_ago)
	found = holding(offered, trade_type, deal.item, deal.branch, deal.quantity, day)
	paid = f"{found.of(deal.item):,.2f} ({_terms(found)})" if found else f"{deal.item.price:,.2f}"
	bought = f"{deal.quantity} x {deal.item.name}"
	return f"    {deal.customer:22} {trade_type:12} {deal.branch:11} {bought:26} {paid}"


def _terms(one: DemoPrice) -> str:
	price = one.price
	terms = [f"{one.rate:,.2f} for" if one.rate else f"{one.discount_percentage:g} % off", price.target]
	terms += [f"in {price.branch}"] if price.branch else []
	terms += [f"from {price.min_qty:g} on"] if price.min_qty else []
	terms += [f"until {price.valid_upto:%d %B}"] if price.valid_upto else []
	return " ".join(terms)
