from frappe.model.document import Document

from branch_crm.customer_master import code_events


class CustomerMasterSettings(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		customer_code_series: DF.Data | None
		default_trade_type: DF.Link | None
		refuse_deletion: DF.Check
	# end: auto-generated types

	def validate(self) -> None:
		code_events.validate_series(self)
