"""What documents contribute to what customers owe, read from ERPNext's own tables."""

from collections.abc import Collection

from branch_crm.credit_control import commitment_queries, ledger_queries, till_queries
from branch_crm.credit_control.entry_rules import Contributions
from branch_crm.credit_control.ledger_queries import Voucher

# what posts nothing
_COMMITMENTS = (ledger_queries.ORDER, commitment_queries.DELIVERY)


def of_vouchers(vouchers: Collection[Voucher], for_update: bool = False) -> Contributions:
	"""What these contribute now, by place; nothing of what contributes nothing."""
	orders, deliveries, sales = (
		{name for kind, name in vouchers if kind == doctype} for doctype in (*_COMMITMENTS, till_queries.SALE)
	)
	posted = [voucher for voucher in vouchers if voucher[0] not in _COMMITMENTS]
	return {
		**ledger_queries.of_vouchers(posted),
		**commitment_queries.of_documents(orders, deliveries, for_update),
		**till_queries.of_sales(sales),
	}


def of_customers(company: str, customers: Collection[str]) -> Contributions:
	"""What all documents of these customers contribute now."""
	return {
		**ledger_queries.of_customers(company, customers),
		**commitment_queries.of_documents(*commitment_queries.all_of(company, customers)),
		**till_queries.of_customers(company, customers),
	}
