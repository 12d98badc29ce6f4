from frappe.model.document import Document


class CreditHold(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		adds: DF.Currency
		amount: DF.Currency
		branch: DF.Link | None
		company: DF.Link
		customer: DF.Link
		decided_by: DF.Link | None
		decided_on: DF.Datetime | None
		decision_note: DF.SmallText | None
		decision_reason: DF.Literal[
			"",
			"Payment Promised",
			"Payment on Its Way",
			"Guarantee Received",
			"Agreed with Management",
			"Small Amount",
			"Other",
		]
		document_name: DF.DynamicLink | None
		document_type: DF.Link | None
		fingerprint: DF.Data | None
		for_all: DF.Check
		hold_key: DF.Data | None
		is_about_terms: DF.Check
		is_blocked: DF.Check
		kind: DF.Literal[
			"Quotation",
			"Sales Order",
			"Delivery Note",
			"Sales Invoice",
			"POS Invoice",
			"Update of Items",
			"Journal Debit",
		]
		made_by: DF.Link | None
		reasons: DF.SmallText | None
		refused_for: DF.Link | None
		refused_on: DF.Datetime | None
		released_amount: DF.Currency
		released_until: DF.Date | None
		request_note: DF.SmallText | None
		requested_by: DF.Link | None
		requested_on: DF.Datetime | None
		status: DF.Literal["Open", "Release Requested", "Released", "Rejected", "Cleared", "Used"]
		times: DF.Int
		used_amount: DF.Currency

	# end: auto-generated types
	pass
