"""The reports of Frappe and ERPNext that people limited by branch may run. Each was run as such a person over the
documents of several branches (`tests/site/test_reports.py`); whatever is not named here is closed."""

from branch_crm.branch_access.report_rules import Access, Verdict

_KEEPS = "Its rows and totals are of what the user sees."
_NO_BRANCH = "It shows no party, no document and no figure that belongs to a branch."
_BY_BRANCH = "It follows the accounting dimension."
_EVERYTHING = "It computes over the documents of all branches."

_OPEN: dict[str, tuple[str, ...]] = {
	_KEEPS: (
		"Address And Contacts",
		"Branch Access by Branch",
		"Branch Access by User",
		"Branch Customers",
		"Credit Events",
		"Credit Holds",
		"Credit Utilisation",
		"Customer Ledger by Branch",
		"Customers Without Owner",
		"Expiring Limits",
		"General Ledger",
		"Incomplete Statutory Data",
		"Net Positions",
		"Pricing Rule Conflicts",
		"Purchase Register",
		"Receivables Ageing",
		"Sales by Type and Category",
		"Sales Register",
		"Voucher Register",
	),
	_NO_BRANCH: (
		"BOM Explorer",
		"BOM Search",
		"Item Shortage Report",
		"Stock Ageing",
		"Stock Balance",
		"Stock Projected Qty",
		"Total Stock Summary",
		"Warehouse Wise Stock Balance",
	),
}
_FOLLOWING: tuple[str, ...] = (
	"Accounts Payable",
	"Accounts Payable Summary",
	"Accounts Receivable",
	"Accounts Receivable Summary",
	"Balance Sheet",
	"Customer Ledger Summary",
	"Profit and Loss Statement",
	"Supplier Ledger Summary",
	"Trial Balance",
)

_SALES = ("Item-wise Sales History", "Item-wise Sales Register", "Sales Analytics", "Sales Invoice Trends")
_SALES += (
	# what something cost is read from the purchases of all branches
	"Gross Profit",
	"Sales Order Analysis",
	"Sales Order Trends",
	"Sales Payment Summary",
	"POS Register",
)
_SALES += (
	"Customer Acquisition and Loyalty",
	"Territory-wise Sales",
	"Delivery Note Trends",
	"Quotation Trends",
)
_PURCHASES = ("Billed Items To Be Received", "Item-wise Purchase History", "Item-wise Purchase Register")
_PURCHASES += (
	"Procurement Tracker",
	"Purchase Analytics",
	"Purchase Invoice Trends",
	"Purchase Order Analysis",
)
_PURCHASES += ("Purchase Order Trends", "Purchase Receipt Trends")
_LEDGERS = ("Account Balance", "Bank Reconciliation Statement", "Cash Flow", "Payment Ledger")
_LEDGERS += (
	"Consolidated Financial Statement",
	"Dimension-wise Accounts Balance Report",
	"Profitability Analysis",
)
_LEDGERS += ("Trial Balance (Simple)", "Trial Balance for Party", "Voucher-wise Balance")

# filters that make a report sum up what it does not ask permission for
LEFT_OUT = {"Sales Register": ("include_payments",), "Purchase Register": ("include_payments",)}

# what to run instead of a closed report
INSTEAD = {
	**dict.fromkeys(_SALES, "Sales Register"),
	**dict.fromkeys(_PURCHASES, "Purchase Register"),
	**dict.fromkeys(_LEDGERS, "General Ledger"),
	"Payment Period Based On Invoice Date": "Receivables Ageing",
	# prices of single customers of all branches are among theirs
	**dict.fromkeys(("Item Price Stock", "Item Prices"), "Stock Balance"),
	**dict.fromkeys(("Itemwise Recommended Reorder Level", "Stock Ledger"), "Stock Balance"),
}

KNOWN = {
	**{name: Verdict(Access.OPEN, reason) for reason, names in _OPEN.items() for name in names},
	**{name: Verdict(Access.BY_BRANCH, _BY_BRANCH) for name in _FOLLOWING},
	**{name: Verdict(Access.CLOSED, _EVERYTHING) for name in INSTEAD},
}
