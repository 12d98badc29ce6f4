"""Vouchers that take back what was sold, bought or paid, by kind."""

from decimal import Decimal
from enum import Enum

from branch_crm.credit_control.report_rules import Counted
from branch_crm.credit_control.rules import ZERO


class Kind(Enum):
	CREDIT_NOTE = "Credit Note"
	"""What a customer owes less."""
	DEBIT_NOTE = "Debit Note"
	"""What a supplier is owed less, or a customer owes more."""
	SALES_RETURN = "Sales Return"
	PURCHASE_RETURN = "Purchase Return"
	CHEQUE_RETURN = "Cheque Return"


def of_kind(kind: Kind, amount: Decimal) -> Counted:
	"""One voucher, with its amount where those of its kind stand."""
	return Counted(1, tuple(amount if one is kind else ZERO for one in Kind))
