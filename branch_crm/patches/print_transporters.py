"""Sites from before customers had a preferred transporter print it as new ones do."""

from branch_crm.customer_master import printed_fields


def execute() -> None:
	printed_fields.add()
