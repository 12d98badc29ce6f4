"""What the desk loads with which form, list and tree, the ground rooms first."""

from branch_crm.branch_access import scopes
from branch_crm.customer_master.custom_fields import PRICED


def _of_room(room: str, *names: str) -> list[str]:
	return [f"{room}/client_scripts/{name}.js" for name in names]


_DOCUMENT, _MASTER = (_of_room("branch_access", name) for name in ("document", "master"))
_QUICK_ENTRY, _MERGE = (_of_room("customer_master", name) for name in ("customer_quick_entry", "merge"))
_CREDIT = _of_room("credit_control", "credit", "credit_hold", "credit_headline")
_PARTY = _MASTER + _of_room("customer_master", "archive") + _MERGE + _of_room("party_netting", "net_position")
_PRICED = _DOCUMENT + _of_room("customer_master", "trade_type", "customer_defaults") + _QUICK_ENTRY
_MASTERS = _of_room("branch_access", "transfer_dialog", "master_list")

FORMS = {
	**{
		entry["doctype"]: _DOCUMENT
		for entry in scopes.SCOPES
		if entry["by"] == "column" and "follows" not in entry
	},
	**{doctype: _PRICED + _CREDIT for doctype in PRICED},
	"Branch": _of_room("branch_access", "branch", "branch_figures", "branch_team") + _MERGE,
	"Customer": _PARTY
	+ _of_room("customer_master", "customer")
	+ _of_room("credit_control", "credit", "customer_credit", "customer_ledger"),
	"Customer Category": _MERGE,
	"Payment Entry": _DOCUMENT + _of_room("credit_control", "cheque"),
	"Prospect": _MASTER,
	"Supplier": _PARTY,
	"User": _of_room("branch_access", "user"),
}
LISTS = {"Customer": _MASTERS + _QUICK_ENTRY, "Prospect": _MASTERS, "Supplier": _MASTERS}
TREES = {"Branch": _of_room("branch_access", "branch_tree")}
