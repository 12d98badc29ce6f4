"""The room's fields on ERPNext's DocTypes."""


def _(label: str) -> str:
	"""Marks a label for translation; Frappe translates labels where it shows them."""
	return label


MODULE = "Branch Access"

# masters that belong to branches, and where the table stands on their form
MASTERS = {"Customer": "image", "Supplier": "image", "Prospect": "prospect_owner"}


def _branch_table(place: str) -> list[dict]:
	return [
		{
			"fieldname": "branches_section",
			"fieldtype": "Section Break",
			"insert_after": place,
		},
		{
			"fieldname": "branches",
			"label": _("Branches"),
			"fieldtype": "Table",
			"options": "Branch Assignment",
			"insert_after": "branches_section",
		},
		{
			"fieldname": "is_unassigned",
			"label": _("Without Branch"),
			"fieldtype": "Check",
			"default": "1",
			"hidden": 1,
			"read_only": 1,
			"no_copy": 1,
			"search_index": 1,
			"insert_after": "branches",
		},
	]


CUSTOM_FIELDS = {
	"Branch": [
		{
			"fieldname": "parent_branch",
			"label": _("Parent Branch"),
			"fieldtype": "Link",
			"options": "Branch",
			"insert_after": "branch",
			"ignore_user_permissions": 1,
			"in_list_view": 1,
		},
		{
			"fieldname": "is_group",
			"label": _("Is Group"),
			"fieldtype": "Check",
			"insert_after": "parent_branch",
			"description": _("Other branches lie below it"),
		},
		{
			"fieldname": "enabled",
			"label": _("Enabled"),
			"fieldtype": "Check",
			"default": "1",
			"insert_after": "is_group",
			"description": _("A closed branch gives its own members no access and takes no new customers"),
		},
		{"fieldname": "branch_column", "fieldtype": "Column Break", "insert_after": "enabled"},
		{
			"fieldname": "company",
			"label": _("Company"),
			"fieldtype": "Link",
			"options": "Company",
			"insert_after": "branch_column",
			"description": _("Leave empty for a branch of all companies"),
		},
		{
			"fieldname": "branch_code",
			"label": _("Branch Code"),
			"fieldtype": "Data",
			"unique": 1,
			"no_copy": 1,
			"insert_after": "company",
			"in_list_view": 1,
		},
		{
			"fieldname": "cost_center",
			"label": _("Default Cost Center"),
			"fieldtype": "Link",
			"options": "Cost Center",
			"ignore_user_permissions": 1,
			"insert_after": "branch_code",
		},
		{
			"fieldname": "warehouse",
			"label": _("Default Warehouse"),
			"fieldtype": "Link",
			"options": "Warehouse",
			"ignore_user_permissions": 1,
			"insert_after": "cost_center",
		},
		{
			"fieldname": "money_account",
			"label": _("Bank or Cash Account"),
			"fieldtype": "Link",
			"options": "Account",
			"insert_after": "warehouse",
			"description": _("Where its payments go in and out"),
		},
		{
			"fieldname": "letter_head",
			"label": _("Letter Head"),
			"fieldtype": "Link",
			"options": "Letter Head",
			"insert_after": "money_account",
		},
		{
			"fieldname": "naming_series",
			"label": _("Naming Series"),
			"fieldtype": "Table",
			"options": "Branch Naming Series",
			"insert_after": "letter_head",
		},
		{
			"fieldname": "contact_section",
			"label": _("Address and Contact"),
			"fieldtype": "Section Break",
			"insert_after": "naming_series",
		},
		{
			"fieldname": "address",
			"label": _("Address"),
			"fieldtype": "Link",
			"options": "Address",
			"insert_after": "contact_section",
		},
		{"fieldname": "contact_column", "fieldtype": "Column Break", "insert_after": "address"},
		{
			"fieldname": "phone",
			"label": _("Phone"),
			"fieldtype": "Data",
			"options": "Phone",
			"insert_after": "contact_column",
		},
		{
			"fieldname": "email",
			"label": _("Email"),
			"fieldtype": "Data",
			"options": "Email",
			"insert_after": "phone",
		},
		{
			"fieldname": "catchment_section",
			"label": _("Customers Come From"),
			"fieldtype": "Section Break",
			"insert_after": "email",
			"description": _("A new customer from here is proposed to this branch"),
		},
		{
			"fieldname": "territories",
			"label": _("Territories"),
			"fieldtype": "Table MultiSelect",
			"options": "Branch Territory",
			"insert_after": "catchment_section",
		},
		{"fieldname": "catchment_column", "fieldtype": "Column Break", "insert_after": "territories"},
		{
			"fieldname": "pin_codes",
			"label": _("Pin Codes"),
			"fieldtype": "Table",
			"options": "Branch Pin Code",
			"insert_after": "catchment_column",
		},
		{
			"fieldname": "team_section",
			"label": _("Team"),
			"fieldtype": "Section Break",
			"insert_after": "pin_codes",
			"description": _("Who reaches this branch, and what for"),
		},
		{
			"fieldname": "team",
			"label": _("Members"),
			"fieldtype": "Table",
			"options": "Branch Team Member",
			"no_copy": 1,
			"insert_after": "team_section",
		},
		{
			"fieldname": "team_by_hand",
			"label": _("User Permissions Made by Hand"),
			"fieldtype": "HTML",
			"insert_after": "team",
		},
		{
			"fieldname": "lft",
			"label": _("Left"),
			"fieldtype": "Int",
			"hidden": 1,
			"read_only": 1,
			"no_copy": 1,
			"insert_after": "team_by_hand",
		},
		{
			"fieldname": "rgt",
			"label": _("Right"),
			"fieldtype": "Int",
			"hidden": 1,
			"read_only": 1,
			"no_copy": 1,
			"insert_after": "lft",
		},
		{
			"fieldname": "old_parent",
			"label": _("Old Parent"),
			"fieldtype": "Data",
			"hidden": 1,
			"read_only": 1,
			"no_copy": 1,
			"insert_after": "rgt",
		},
	],
	**{doctype: _branch_table(place) for doctype, place in MASTERS.items()},
	"User Permission": [
		{
			"fieldname": "branch_team",
			"label": _("Kept by Branch Team"),
			"fieldtype": "Check",
			"default": "0",
			"read_only": 1,
			"no_copy": 1,
			"search_index": 1,
			"in_standard_filter": 1,
			"depends_on": "branch_team",
			"insert_after": "hide_descendants",
			"description": _("Repeats a row of the branch's team, and is changed there"),
		},
	],
}

for _fields in CUSTOM_FIELDS.values():
	for _field in _fields:
		_field["module"] = MODULE

RIGHTS = (
	"select",
	"read",
	"write",
	"create",
	"delete",
	"report",
	"export",
	"import",
	"share",
	"print",
	"email",
)

# what roles may do with branches besides those that ERPNext's Branch names itself
_READ = ("read", "report", "export", "print", "email")
_WRITE = (*_READ, "create", "write", "delete", "share", "import")
PERMISSIONS = {
	"Branch": {
		"System Manager": _WRITE,
		"Sales Master Manager": _WRITE,
		"Sales User": _READ,
		"Sales Manager": _READ,
		"Purchase User": _READ,
		"Purchase Manager": _READ,
		"Accounts User": _READ,
		"Accounts Manager": _READ,
		"Support Team": _READ,
		"Branch Head Office": _READ,
	}
}
