from frappe.utils.nestedset import NestedSet

from branch_crm.customer_master import category_events


class CustomerCategory(NestedSet):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		customer_category_name: DF.Data
		description: DF.SmallText | None
		disabled: DF.Check
		is_group: DF.Check
		lft: DF.Int
		old_parent: DF.Link | None
		parent_customer_category: DF.Link | None
		rgt: DF.Int
	# end: auto-generated types

	nsm_parent_field = "parent_customer_category"

	def validate(self) -> None:
		category_events.keep_place(self)
		category_events.judge_parent(self)

	def before_rename(self, old: str, new: str, merge: bool = False) -> None:
		super().before_rename(old, new, merge)
		if merge:
			category_events.judge_merge(old, new)
