from branch_crm.branch_access import methods, portal_scopes, scopes

app_name = "branch_crm"
app_title = "Branch CRM"
app_publisher = "Branch CRM maintainers"
app_description = "Makes ERPNext fit companies with many branches"
app_email = "maintainers@branch-crm.invalid"
app_license = "GPL-3.0"
required_apps = ["frappe/erpnext"]

before_install = "branch_crm.install.before_install"
after_install = "branch_crm.install.after_install"
after_migrate = "branch_crm.install.after_migrate"
before_uninstall = "branch_crm.uninstall.before_uninstall"

fixtures = [{"dt": "Role", "filters": [["name", "in", ["Branch Head Office"]]]}]

# who sees what; other apps add theirs
branch_scopes = scopes.SCOPES
branch_methods = methods.METHODS
branch_portal = portal_scopes.SCOPES
# the last step before a request is answered: who asks is known
auth_hooks = [f"branch_crm.branch_access.{guard}.judge_request" for guard in ("guard", "portal_guard")]
page_renderer = ["branch_crm.branch_access.portal_pages.ForeignPage"]
update_website_context = ["branch_crm.branch_access.portal_pages.limit_web_form"]

_permissions = {
	"*": "permissions",
	"Branch Responsibility": "responsibility_permissions",
	**dict.fromkeys(("Branch Backfill", "Branch Backfill Entry"), "backfill_rights"),
	**dict.fromkeys(("Auto Email Report", "Prepared Report"), "report_events"),
	"File": "file_permissions",
}
permission_query_conditions, has_permission = (
	{doctype: f"branch_crm.branch_access.{module}.{function}" for doctype, module in _permissions.items()}
	for function in ("query_condition", "has_permission")
)

override_whitelisted_methods = methods.OVERRIDES
extend_bootinfo = "branch_crm.branch_access.document_api.tell_desk"

doc_events = {
	"*": {
		"before_insert": [
			"branch_crm.branch_access.document_events.give_branch",
			"branch_crm.branch_access.branch_default_events.take_series",
		],
		"before_validate": [
			"branch_crm.branch_access.stored_events.refuse_foreign",
			"branch_crm.branch_access.link_events.refuse_foreign_links",
			"branch_crm.branch_access.document_events.give_branch",
			"branch_crm.branch_access.branch_default_events.fill_from_branch",
		],
		"validate": [
			"branch_crm.branch_access.events.refuse_rows_of_others",
			"branch_crm.branch_access.document_events.judge_branch",
		],
		"before_cancel": "branch_crm.branch_access.stored_events.refuse_foreign",
		"before_rename": "branch_crm.branch_access.stored_events.refuse_foreign",
		"on_cancel": "branch_crm.branch_access.linked_events.refuse_linked",
		"on_trash": [
			"branch_crm.branch_access.stored_events.refuse_foreign",
			"branch_crm.branch_access.linked_events.refuse_linked",
		],
		"before_update_after_submit": [
			"branch_crm.branch_access.stored_events.refuse_foreign",
			"branch_crm.branch_access.link_events.refuse_foreign_links",
			"branch_crm.branch_access.events.refuse_rows_of_others",
			"branch_crm.branch_access.document_events.judge_branch",
			"branch_crm.branch_access.document_events.correct_rows",
		],
		"on_change": "branch_crm.branch_access.sharing_events.withdraw_where_moved",
	},
	"DocShare": {"validate": "branch_crm.branch_access.sharing_events.refuse_foreign_share"},
	"ToDo": {"validate": "branch_crm.branch_access.sharing_events.refuse_foreign_assignment"},
	"Document Follow": {"validate": "branch_crm.branch_access.sharing_events.refuse_foreign_follow"},
	"Notification Log": {"before_insert": "branch_crm.branch_access.sharing_events.keep_from_strangers"},
	("Document Follow", "Notification Log"): {
		"after_insert": "branch_crm.branch_access.sharing_events.drop_undeliverable"
	},
	"Kanban Board": {"validate": "branch_crm.branch_access.board_events.keep_no_order"},
	"File": {"before_validate": "branch_crm.branch_access.file_events.keep_private"},
	scopes.AUTHORED: {
		event: "branch_crm.branch_access.authoring_events.refuse_authoring"
		for event in ("before_validate", "before_rename", "on_trash")
	},
	scopes.TEMPLATES: {"before_validate": "branch_crm.branch_access.authoring_events.refuse_code"},
	("Property Setter", "Custom Field"): {
		event: "branch_crm.branch_access.authoring_events.refuse_customization"
		for event in ("before_validate", "on_trash")
	},
	"Journal Entry": {
		"before_validate": "branch_crm.branch_access.journal_events.give_row_branches",
		"validate": [
			"branch_crm.branch_access.journal_events.judge_row_branches",
			"branch_crm.branch_access.document_events.refuse_foreign_references",
		],
		"before_update_after_submit": [
			"branch_crm.branch_access.journal_events.judge_row_branches",
			"branch_crm.branch_access.document_events.refuse_foreign_references",
		],
	},
	"Payment Entry": {
		"validate": "branch_crm.branch_access.document_events.refuse_foreign_references",
		"before_update_after_submit": "branch_crm.branch_access.document_events.refuse_foreign_references",
	},
	"Unreconcile Payment": {"validate": "branch_crm.branch_access.document_events.refuse_foreign_references"},
	"Prepared Report": {"before_insert": "branch_crm.branch_access.report_events.refuse_prepared_report"},
	"Auto Email Report": {"validate": "branch_crm.branch_access.report_events.judge_auto_email"},
	"Email Queue": {"before_insert": "branch_crm.branch_access.report_events.refuse_mail_of_closed_report"},
	("Issue", "Opportunity"): {"after_insert": "branch_crm.branch_access.routing_events.assign_to_owner"},
	# not an event: what the desk calls on the form
	("POS Invoice", "Sales Invoice"): {
		"set_missing_values": "branch_crm.branch_access.till_events.refuse_foreign_till"
	},
	"Company": {"after_insert": "branch_crm.branch_access.dimension_events.add_company"},
	"Accounting Dimension": {
		"on_update": "branch_crm.branch_access.dimension_events.forget_branch_field",
		"after_delete": "branch_crm.branch_access.dimension_events.forget_branch_field",
	},
	"Branch": {
		"validate": [
			"branch_crm.branch_access.tree_events.validate_branch",
			"branch_crm.branch_access.team_events.validate_team",
		],
		"on_update": [
			"branch_crm.branch_access.tree_events.update_tree",
			"branch_crm.branch_access.team_events.mirror_team",
			"branch_crm.branch_access.sharing_events.withdraw_from_team",
		],
		"on_trash": [
			"branch_crm.branch_access.tree_events.refuse_deletion_with_children",
			"branch_crm.branch_access.team_events.release_branch",
		],
		"after_delete": [
			"branch_crm.branch_access.tree_events.leave_tree",
			"branch_crm.branch_access.team_events.mirror_after_deletion",
			"branch_crm.branch_access.sharing_events.withdraw_from_team",
		],
		"before_rename": "branch_crm.branch_access.tree_events.validate_rename",
		"after_rename": [
			"branch_crm.branch_access.tree_events.rename_in_tree",
			"branch_crm.branch_access.team_events.rename_in_team",
			"branch_crm.branch_access.sharing_events.withdraw_from_team",
			"branch_crm.branch_access.transfer_events.rename_in_logs",
		],
	},
	("Customer", "Supplier", "Prospect"): {
		"validate": [
			"branch_crm.branch_access.origin_events.refuse_foreign_origins",
			"branch_crm.branch_access.events.assign_branches",
		],
		"on_update": "branch_crm.branch_access.responsibility_events.record_responsibility",
		"on_trash": [
			"branch_crm.branch_access.events.guard_removal",
			"branch_crm.branch_access.responsibility_events.forget_responsibility",
		],
		"after_rename": "branch_crm.branch_access.responsibility_events.rename_responsibility",
	},
	("Customer", "Supplier"): {"onload": "branch_crm.branch_access.own_figure_events.show_own_figures"},
	"Customer": {"after_mapping": "branch_crm.branch_access.origin_events.keep_prospect"},
	("Contact", "Address"): {
		"validate": "branch_crm.branch_access.events.guard_links",
		"on_trash": "branch_crm.branch_access.events.guard_removal_of_linked",
	},
	"Dynamic Link": dict.fromkeys(("validate", "on_trash"), "branch_crm.branch_access.events.guard_link_row"),
	"User": {
		"validate": [
			"branch_crm.branch_access.events.guard_head_office_role",
			"branch_crm.branch_access.events.guard_user_type",
			"branch_crm.branch_access.authoring_events.guard_wider_person",
		],
		"on_update": [
			"branch_crm.branch_access.team_events.mirror_user",
			"branch_crm.branch_access.sharing_events.withdraw_from_person",
		],
		"before_rename": [
			"branch_crm.branch_access.team_events.guard_user_merge",
			"branch_crm.branch_access.authoring_events.guard_wider_person",
		],
		"after_rename": [
			"branch_crm.branch_access.team_events.mirror_user",
			"branch_crm.branch_access.transfer_events.rename_in_logs",
		],
	},
	"Role Profile": {"validate": "branch_crm.branch_access.events.guard_head_office_role"},
	"Has Role": dict.fromkeys(("validate", "on_trash"), "branch_crm.branch_access.events.guard_role_row"),
	"Role": {
		"validate": "branch_crm.branch_access.events.guard_role",
		"before_rename": "branch_crm.branch_access.events.guard_role",
		"on_trash": "branch_crm.branch_access.events.guard_role",
	},
	"User Permission": {
		"before_validate": [
			"branch_crm.branch_access.events.guard_user_permission",
			"branch_crm.branch_access.team_events.give_way",
		],
		"on_update": [
			"branch_crm.branch_access.events.forget_scopes",
			"branch_crm.branch_access.team_events.mirror_beside",
			"branch_crm.branch_access.sharing_events.withdraw_from_person",
		],
		"on_trash": [
			"branch_crm.branch_access.events.guard_user_permission",
			"branch_crm.branch_access.team_events.refuse_change_of_owned",
			"branch_crm.branch_access.events.forget_scopes",
		],
		"after_delete": [
			"branch_crm.branch_access.team_events.mirror_beside",
			"branch_crm.branch_access.sharing_events.withdraw_from_person",
		],
	},
}

standard_queries = {"Branch": "branch_crm.branch_access.api.search_branches"}
# kept figures that the next count sets right, and logs of what was done
ignore_links_on_delete = ["Branch Member Count", "Branch Backfill Entry", "Branch Transfer Entry"]
ignore_links_on_delete += ["Branch Withdrawal"]

# ledger rows get their final names later
on_gle_rename = ["branch_crm.branch_access.backfill_changes.rename_in_log"]

# filters on a branch mean everything below it as well
treeviews = ["Branch"]

scheduler_events = {
	"hourly_long": ["branch_crm.branch_access.jobs.count_members"],
	"daily": ["branch_crm.branch_access.jobs.mirror_teams"],
}

doctype_js = {
	**{
		entry["doctype"]: "branch_access/client_scripts/document.js"
		for entry in branch_scopes
		if entry["by"] == "column" and "follows" not in entry
	},
	"Branch": [
		"branch_access/client_scripts/branch.js",
		"branch_access/client_scripts/branch_figures.js",
		"branch_access/client_scripts/branch_team.js",
	],
	**dict.fromkeys(("Customer", "Supplier", "Prospect"), "branch_access/client_scripts/master.js"),
	"User": "branch_access/client_scripts/user.js",
}
_master_list = [f"branch_access/client_scripts/{name}.js" for name in ("transfer_dialog", "master_list")]
doctype_list_js = {"Customer": _master_list, "Supplier": _master_list, "Prospect": _master_list}
doctype_tree_js = {"Branch": "branch_access/client_scripts/branch_tree.js"}
