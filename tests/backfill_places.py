"""A small company for the rules of the backfill: where its branches are."""

from branch_crm.branch_access.backfill_rules import Holders, Places
from branch_crm.branch_access.default_rules import Catchment
from branch_crm.branch_access.rules import Branch, BranchTree

TREE = BranchTree(
	[
		Branch("Delhi"),
		Branch("Agra"),
		Branch("Closed", enabled=False),
		Branch("Ours", company="Us"),
		Branch("Theirs", company="Them"),
	]
)
CENTERS = Holders(
	{"Root": None, "North": "Root", "Desk": "North", "Free": "Root", "Odd": "Root", "Old": "Root"},
	{
		"North": frozenset({"Delhi"}),
		"Odd": frozenset({"Delhi", "Agra"}),
		"Old": frozenset({"Closed"}),
	},
)
STORES = Holders({"Shop": None}, {"Shop": frozenset({"Agra"})})
PLACES = Places(
	TREE,
	CENTERS,
	STORES,
	(
		Catchment("Delhi", frozenset({"India"})),
		Catchment("Theirs", frozenset({"Goa"}), (("403001", "403999"),)),
	),
	{"India": None, "Goa": "India", "Konkan": "India"},
)
