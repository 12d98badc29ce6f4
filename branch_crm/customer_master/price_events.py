"""Prices of trade types become Pricing Rules."""

from collections.abc import Iterator
from dataclasses import replace

import frappe
from frappe import _
from frappe.model.document import Document

from branch_crm.branch_access import queries
from branch_crm.customer_master import price_jobs, price_queries, price_rules, price_work
from branch_crm.customer_master.price_rules import On, Price

_AMOUNTS = ("discount_percentage", "discount_amount", "rate")


class TradePriceError(frappe.ValidationError):
	pass


def judge_price(doc: Document, method: str | None = None) -> None:
	"""Raises:
	TradePriceError: it says nothing, or another one says the same for the same.
	frappe.PermissionError: a person of some branches sets the price of all, or of a branch that is not his.
	"""
	_refuse_other_branch(doc)
	field = frappe.scrub(doc.rate_or_discount or "")
	# Frappe looks at choices only afterwards
	if field not in _AMOUNTS or doc.apply_on not in {on.value for on in On}:
		_refuse(_("Choose an item, an item group or a brand, and a rate or a discount."))
	doc.update({other: 0 for other in _AMOUNTS if other != field})
	if not doc.get(field) or not 0 <= doc.discount_percentage <= 100:
		_refuse(
			_("A price needs a rate, or a discount that is more than nothing and at most the whole price.")
		)
	doc.currency = None if doc.discount_percentage else doc.currency or price_queries.usual_currency()
	doc.validate_from_to_dates("valid_from", "valid_upto")
	price_queries.lock_prices()
	family = price_queries.family_of(doc.apply_on, doc.applies_to)
	others = price_queries.prices_of(family, without=doc.name).get(doc.trade_type, ())
	own = price_queries.price_of(doc)
	if any(own in pair for pair in price_rules.overlapping([*others, own])):
		_refuse(
			_("There is a price for the same, from the same quantity on, at the same time. Change or end it.")
		)


def _refuse(sentence: str) -> None:
	frappe.throw(sentence, TradePriceError, title=_("Trade Price"))


def _refuse_other_branch(doc: Document) -> None:
	if not queries.is_limited_by_branch():
		return
	works = queries.working_scope(frappe.session.user)
	stored = None if doc.is_new() else doc.get_db_value("branch")
	if works.reaches(doc.branch) and (doc.is_new() or works.reaches(stored)):
		return
	frappe.throw(
		_("A price without a branch holds in all of them. Choose one of your branches, or ask head office."),
		frappe.PermissionError,
		title=_("Trade Price"),
	)


def build_rules(doc: Document, method: str | None = None) -> None:
	before = doc.get_doc_before_save()
	for family in {price_queries.family_of(one.apply_on, one.applies_to) for one in (doc, before) if one}:
		price_work.rebuild(family)
	if doc.currency in price_queries.currencies_of(doc.trade_type) - price_queries.currencies_of(
		doc.trade_type, without=doc.name
	):
		# from now on the type's other prices have rules in this currency as well
		price_jobs.rebuild_soon(price_queries.families_with(trade_type=doc.trade_type))


def take_rules_away(doc: Document, method: str | None = None) -> None:
	_refuse_other_branch(doc)
	price_work.rebuild(price_queries.family_of(doc.apply_on, doc.applies_to), without=doc.name)


def rebuild_type(doc: Document, method: str | None = None, *names: str | bool) -> None:
	if method == "after_rename" or doc.has_value_changed("disabled"):
		price_jobs.rebuild_soon(price_queries.families_with(trade_type=doc.name))


def rebuild_branches(doc: Document, method: str | None = None, *names: str | bool) -> None:
	"""A price of a branch holds in those below it, too."""
	if method == "after_rename" or doc.has_value_changed("parent_branch"):
		price_jobs.rebuild_soon(price_queries.families_with(branch=["is", "set"]))


def rebuild_groups(doc: Document, method: str | None = None, *names: str | bool) -> None:
	if method == "after_rename" or doc.has_value_changed("parent_item_group"):
		price_jobs.rebuild_soon(price_queries.families_with(apply_on=On.ITEM_GROUP.value))


def rebuild_item(doc: Document, method: str | None = None, *names: str | bool) -> None:
	"""A variant is among what its template's prices are for; rules are kept under the name that an item had."""
	named = list(filter(None, (doc.name, doc.get("variant_of"))))
	families = price_queries.families_with(apply_on=doc.doctype, applies_to=["in", named])
	former = [f"{doc.doctype}: {names[0]}"] if names else []
	price_jobs.rebuild_soon([*former, *families])


def refuse_meeting(doc: Document, method: str, old: str, new: str, merge: bool = False) -> None:
	"""Raises:
	TradePriceError: two of what prices are for become one, and have prices for the same.
	"""
	if merge and any(map(price_rules.overlapping, _prices_of_both(doc.doctype, old, new))):
		_refuse(
			_(
				"There are prices of a trade type for the same on {0} and {1}. End or delete those of one first."
			).format(frappe.bold(old), frappe.bold(new))
		)


def _prices_of_both(doctype: str, old: str, new: str) -> Iterator[list[Price]]:
	"""As they are when both are one, by trade type."""
	both = ["in", [old, new]]
	if doctype == "Trade Type":
		yield [price for prices in price_queries.prices_where(trade_type=both).values() for price in prices]
		return
	for prices in price_queries.prices_where(apply_on=doctype, applies_to=both).values():
		yield [replace(price, target=new) for price in prices]
