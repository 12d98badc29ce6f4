from frappe.model.document import Document

from branch_crm.customer_master import cash_events, code_events


class CustomerMasterSettings(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		cash_customer: DF.Link | None
		customer_code_series: DF.Data | None
		default_trade_type: DF.Link | None
		refuse_deletion: DF.Check
	# end: auto-generated types

	def validate(self) -> None:
		code_events.validate_series(self)
		cash_events.judge_choice(self)

	def on_update(self) -> None:
		cash_events.take_choice(self)
