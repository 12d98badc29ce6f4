"""The tree of customer categories, and the category of a customer."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils.nestedset import NestedSetRecursionError

from branch_crm.customer_master import category_queries
from branch_crm.customer_master.category_queries import CATEGORY, PARENT

_PLACE = ("lft", "rgt", "old_parent")


class CustomerCategoryError(frappe.ValidationError):
	pass


def keep_place(doc: Document) -> None:
	"""A form opened before the tree moved on, or a forged request, carries numbers that are not true."""
	stored = None if doc.is_new() else frappe.db.get_value(CATEGORY, doc.name, _PLACE, for_update=True)
	doc.update(dict(zip(_PLACE, stored or (0, 0, None), strict=True)))


def judge_parent(doc: Document) -> None:
	"""Raises:
	CustomerCategoryError: what it is put below is no group, or disabled.
	NestedSetRecursionError: it would lie below itself.
	"""
	doc.parent_customer_category = doc.parent_customer_category or None
	parent = doc.parent_customer_category
	if not parent or not doc.has_value_changed(PARENT):
		return
	if not frappe.db.get_value(CATEGORY, parent, "is_group"):
		_refuse(
			_("{0} is not a group. Tick {1} on it before you put categories below it.").format(
				frappe.bold(parent), frappe.bold(_("Is Group"))
			)
		)
	_refuse_disabled(parent)
	if doc.name in category_queries.path_of(parent):
		_refuse(_("{0} cannot lie below itself.").format(frappe.bold(doc.name)), NestedSetRecursionError)


def judge_merge(old: str, new: str) -> None:
	"""Raises:
	NestedSetRecursionError: what lies below `old` would come to lie below itself.
	"""
	if old in category_queries.path_of(new):
		_refuse(
			_("{0} lies below {1}. Move it out first, or merge it into {1}.").format(
				frappe.bold(new), frappe.bold(old)
			),
			NestedSetRecursionError,
		)


def judge_category(doc: Document, method: str | None = None) -> None:
	"""Raises:
	CustomerCategoryError: a category that is chosen is disabled.
	"""
	if doc.customer_category and doc.has_value_changed("customer_category"):
		_refuse_disabled(doc.customer_category)


def _refuse_disabled(category: str) -> None:
	if category_queries.is_disabled(category):
		_refuse(_("The customer category {0} is disabled. Choose another one.").format(frappe.bold(category)))


def _refuse(text: str, kind: type[frappe.ValidationError] = CustomerCategoryError) -> None:
	frappe.throw(text, kind, title=_("Customer Category"))
