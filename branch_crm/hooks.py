from functools import partial

from branch_crm import form_scripts
from branch_crm.branch_access import methods, portal_scopes, scopes, stand_ins
from branch_crm.credit_control import doc_events as credit_events
from branch_crm.credit_control import scopes as credit_scopes
from branch_crm.customer_master import deletion_rules, personal_data
from branch_crm.customer_master import doc_events as master_events
from branch_crm.customer_master import scopes as master_scopes
from branch_crm.party_netting import doc_events as netting_events
from branch_crm.party_netting import scopes as netting_scopes
from branch_crm.wiring import in_room, joined

_access, _master, _netting, _credit = (
	partial(in_room, room) for room in ("branch_access", "customer_master", "party_netting", "credit_control")
)

app_name = "branch_crm"
app_title = "Branch CRM"
app_publisher = "Branch CRM maintainers"
app_description = "Makes ERPNext fit companies with many branches"
app_email = "maintainers@branch-crm.invalid"
app_license = "GPL-3.0"
required_apps = ["frappe/erpnext"]

before_install = "branch_crm.install.before_install"
after_install = "branch_crm.install.after_install"
before_migrate = "branch_crm.install.before_migrate"
after_migrate = "branch_crm.install.after_migrate"
before_uninstall = "branch_crm.uninstall.before_uninstall"
after_app_install = after_app_uninstall = "branch_crm.install.share_fields"

fixtures = [{"dt": "Role", "filters": [["name", "in", ["Branch Head Office"]]]}]

# who sees what; other apps add theirs
branch_scopes = [*scopes.SCOPES, *master_scopes.SCOPES, *netting_scopes.SCOPES, *credit_scopes.SCOPES]
branch_methods = [*methods.METHODS, *netting_scopes.METHODS, *credit_scopes.METHODS]
branch_portal = portal_scopes.SCOPES
branch_always_visible = {"Customer": "branch_crm.customer_master.cash_queries.always_visible"}
# the last step before a request is answered: who asks is known
auth_hooks = _access("guard.judge_request", "portal_guard.judge_request", "guard_files.judge_request")
after_request = _access("guard_messages.name_nothing_foreign")
page_renderer = _access("portal_pages.ForeignPage")
update_website_context = _access(
	"portal_pages.limit_web_form", "portal_pages.limit_help", "own_activities_api.limit_project"
)

_permissions = {
	"*": "branch_access.permissions",
	"Branch Responsibility": "branch_access.responsibility_permissions",
	**dict.fromkeys(("Branch Backfill", "Branch Backfill Entry"), "branch_access.backfill_rights"),
	**dict.fromkeys(("Auto Email Report", "Prepared Report"), "branch_access.report_events"),
	"File": "branch_access.file_permissions",
	"User": "branch_access.user_permissions",
	"Party Merge": "customer_master.merge_permissions",
}
permission_query_conditions, has_permission = (
	{doctype: f"branch_crm.{module}.{function}" for doctype, module in _permissions.items()}
	for function in ("query_condition", "has_permission")
)
has_permission |= dict.fromkeys(("Customer", "Lead", "Project"), _access("deletion_rights.has_permission"))

has_website_permission = dict.fromkeys(
	(entry["doctype"] for entry in branch_portal), _access("portal_pages.has_website_permission")
)

override_whitelisted_methods = stand_ins.OVERRIDES
extend_bootinfo = _access("document_api.tell_desk", "own_figure_events.tell_desk_less")
extend_bootinfo += _master("deletion_events.tell_desk")
notification_config = _access("own_figure_events.get_notification_config")

_refuse_deletion = _master("deletion_events.refuse_deletion")
_events = {
	"*": {
		"before_insert": _access("document_events.give_branch", "branch_default_events.take_series"),
		"before_validate": [
			*_access("stored_events.refuse_foreign", "link_events.refuse_foreign_links"),
			*_access("document_events.give_branch", "branch_default_events.fill_from_branch"),
			*_master("trade_type_events.carry_type", "customer_default_events.fill_from_customer"),
			*_master("price_draft_events.drop_unfitting", "pricing_memory.remember"),
		],
		"before_mapping": _master("pricing_memory.remember"),
		"validate": _master("pricing_memory.forget")
		+ _access("events.refuse_rows_of_others", "document_events.judge_branch"),
		"before_cancel": _access("stored_events.refuse_foreign"),
		"before_rename": _access("stored_events.refuse_foreign", "stored_events.refuse_foreign_target"),
		"on_cancel": _access("linked_events.refuse_linked"),
		"on_trash": _access("stored_events.refuse_foreign", "linked_events.refuse_linked"),
		"before_update_after_submit": _access(
			"stored_events.refuse_foreign",
			"link_events.refuse_foreign_links",
			"events.refuse_rows_of_others",
			"document_events.judge_branch",
			"document_events.correct_rows",
		),
		"on_change": _access("sharing_events.withdraw_where_moved"),
	},
	(*scopes.TYPED, "Trade Price"): dict.fromkeys(
		("before_insert", "before_validate"), _access("typed_values.type_values")
	),
	# before what follows from a deletion
	deletion_rules.PROTECTED: {
		"before_rename": _access("stored_events.refuse_foreign") + _refuse_deletion,
		"on_trash": _access("stored_events.refuse_foreign") + _refuse_deletion,
		"after_delete": _refuse_deletion,
	},
	"Transaction Deletion Record": {"before_submit": _master("deletion_events.keep_masters")},
	"DocShare": {"validate": _access("sharing_events.refuse_foreign_share")},
	"ToDo": {"validate": _access("sharing_events.refuse_foreign_assignment")},
	"Document Follow": {"validate": _access("sharing_events.refuse_foreign_follow")},
	"Notification Log": {"before_insert": _access("sharing_events.keep_from_strangers")},
	("Document Follow", "Notification Log"): {"after_insert": _access("sharing_events.drop_undeliverable")},
	"Appointment": {"before_insert": _access("found_events.forget_foreign_party")},
	"Bank Transaction": {"before_submit": _access("found_events.forget_foreign_party")},
	"Communication": dict.fromkeys(
		("validate", "after_insert"), _access("found_events.forget_foreign_timelines")
	),
	"Event": {"before_validate": _access("found_events.forget_foreign_prospects")},
	"Discussion Reply": {"before_validate": _access("stored_events.refuse_reply_of_another")},
	"Issue": {"validate": _access("found_events.forget_foreign_found")},
	"Opportunity": {
		"before_validate": _access("found_events.require_party"),
		"validate": _access("found_events.forget_foreign_prospect"),
	},
	"Lead": {"onload": _access("found_events.show_own_finds")},
	"Prospect": {"before_validate": _access("found_events.leave_foreign_prospect")},
	("Lead", "Purchase Invoice", "Sales Order"): {
		"before_validate": _access("found_events.refuse_taken"),
		"validate": _access("found_events.name_no_holder"),
	},
	("Purchase Invoice", "Sales Invoice"): dict.fromkeys(
		("validate", "after_mapping"), _access("found_events.forget_foreign_advances")
	),
	"Kanban Board": {"validate": _access("board_events.keep_no_order")},
	"File": {"before_validate": _access("file_events.keep_private")},
	(*scopes.AUTHORED, "Trade Type", "Customer Category"): {
		event: _access("authoring_events.refuse_authoring")
		for event in ("before_validate", "before_rename", "before_cancel", "on_trash")
	},
	scopes.ASKING: {"before_validate": _access("guard_fields.judge_stored")},
	scopes.TEMPLATES: {"before_validate": _access("authoring_events.refuse_code")},
	("Property Setter", "Custom Field"): {
		event: _access("authoring_events.refuse_customization") for event in ("before_validate", "on_trash")
	},
	"Journal Entry": {
		"before_validate": _access("journal_events.give_row_branches"),
		"validate": _access("journal_events.judge_row_branches", "document_events.refuse_foreign_references"),
		"before_update_after_submit": _access(
			"journal_events.judge_row_branches", "document_events.refuse_foreign_references"
		),
	},
	"Payment Entry": {
		"validate": _access(
			"document_events.refuse_foreign_references", "own_figure_events.say_own_balances"
		),
		"before_update_after_submit": _access("document_events.refuse_foreign_references"),
	},
	"Payment Request": {"validate": _access("document_events.refuse_foreign_references")},
	"Unreconcile Payment": {"validate": _access("document_events.refuse_foreign_references")},
	"Prepared Report": {"before_insert": _access("report_events.refuse_prepared_report")},
	"Auto Email Report": {"validate": _access("report_events.judge_auto_email")},
	"Email Queue": {
		"before_insert": _access(
			"report_events.refuse_mail_of_closed_report", "mail_events.take_no_foreign_files"
		)
	},
	("Issue", "Opportunity"): {"after_insert": _access("routing_events.assign_to_owner")},
	# not an event: what the desk calls on the form
	("POS Invoice", "Sales Invoice"): {
		"set_missing_values": _access("till_events.refuse_foreign_till") + _master("cash_events.propose_cash")
	},
	("POS Invoice", "POS Profile", "Sales Invoice"): {"before_validate": _master("cash_events.fill_cash")},
	"Company": {"after_insert": _access("dimension_events.add_company") + _master("cash_events.make_cash")},
	"Accounting Dimension": {
		"on_update": _access("dimension_events.forget_branch_field"),
		"after_delete": _access("dimension_events.forget_branch_field"),
	},
	"Branch": {
		"validate": [
			*_access("tree_events.validate_branch", "team_events.validate_team"),
			*_master("code_events.validate_series"),
		],
		"on_update": _access(
			"tree_events.update_tree", "team_events.mirror_team", "sharing_events.withdraw_from_team"
		)
		+ _master("price_events.rebuild_branches"),
		"on_trash": _access("tree_events.refuse_deletion_with_children", "team_events.release_branch"),
		"after_delete": _access(
			"tree_events.leave_tree", "team_events.mirror_after_deletion", "sharing_events.withdraw_from_team"
		),
		"before_rename": _access("tree_events.validate_rename"),
		"after_rename": _access(
			"tree_events.rename_in_tree",
			"team_events.rename_in_team",
			"sharing_events.withdraw_from_team",
			"transfer_events.rename_in_logs",
		)
		+ _master("price_events.rebuild_branches"),
	},
	("Customer", "Supplier", "Prospect"): {
		"validate": _access("origin_events.refuse_foreign_origins", "events.assign_branches"),
		"on_update": _access("responsibility_events.record_responsibility"),
		"on_trash": _access("events.guard_removal", "responsibility_events.forget_responsibility"),
		"after_rename": _access("responsibility_events.rename_responsibility"),
	},
	("Customer", "Supplier"): {
		"onload": _access("own_figure_events.show_own_figures"),
		"validate": _master("archive_events.keep_archive", "phone_events.normalize_mobile"),
	},
	"Sales Person": {"onload": _access("own_figure_events.show_own_sales")},
	("Customer", "Supplier", "Company"): {"validate": _master("statutory_events.judge_party")},
	"Customer": {
		"after_mapping": _access("origin_events.keep_prospect"),
		"before_validate": _master("quick_entry_events.refuse_half_address", "note_events.sign_notes"),
		"validate": _master(
			*("code_events.give_code", "cash_events.keep_cash", "trade_type_events.give_type"),
			*("category_events.judge_category", "customer_default_events.judge_defaults"),
		),
		"on_update": _master("quick_entry_events.name_contact"),
		"before_rename": _master("cash_events.refuse_renaming"),
		"on_trash": _master("cash_events.refuse_deletion"),
	},
	("Contact", "Address"): {
		"validate": _access("events.guard_links"),
		"on_trash": _access("events.guard_removal_of_linked"),
	},
	"Contact": {
		"before_validate": _master("phone_events.normalize_phones"),
		"after_insert": _access("found_events.forget_foreign_calls"),
	},
	"Address": {
		"validate": _master("statutory_events.judge_address"),
		"on_trash": _master("customer_default_events.forget_address"),
	},
	"Dynamic Link": dict.fromkeys(("validate", "on_trash"), _access("events.guard_link_row")),
	"User": {
		"validate": _access(
			"role_events.guard_head_office_role",
			"role_events.guard_user_type",
			"authoring_events.guard_wider_person",
		),
		"on_update": _access("team_events.mirror_user", "sharing_events.withdraw_from_person"),
		"before_rename": _access("team_events.guard_user_merge", "authoring_events.guard_wider_person"),
		"after_rename": _access("team_events.mirror_user", "transfer_events.rename_in_logs"),
	},
	"Role Profile": {"validate": _access("role_events.guard_head_office_role")},
	"Has Role": dict.fromkeys(("validate", "on_trash"), _access("role_events.guard_role_row")),
	"Role": dict.fromkeys(("validate", "before_rename", "on_trash"), _access("role_events.guard_role")),
	"User Permission": {
		"before_validate": _access("role_events.guard_user_permission", "team_events.give_way"),
		"on_update": _access(
			"role_events.forget_scopes", "team_events.mirror_beside", "sharing_events.withdraw_from_person"
		),
		"on_trash": _access(
			"role_events.guard_user_permission",
			"team_events.refuse_change_of_owned",
			"role_events.forget_scopes",
		),
		"after_delete": _access("team_events.mirror_beside", "sharing_events.withdraw_from_person"),
	},
}
# those of a ground room come first
doc_events = joined(_events, master_events.EVENTS, netting_events.EVENTS, credit_events.EVENTS)

standard_queries = {"Branch": "branch_crm.branch_access.api.search_branches"}
# kept figures that the next count sets right, and logs of what was done
ignore_links_on_delete = ["Branch Member Count", "Branch Backfill Entry", "Branch Transfer Entry"]
ignore_links_on_delete += ["Branch Withdrawal", "Party Merge", "Netting Run Entry"]
ignore_links_on_delete += ["Credit Exposure", "Exposure Entry", "Credit Hold", "Credit Event"]
ignore_links_on_delete += ["Cheque Return Allocation"]
ignore_links_on_delete += ["Statement of Account Run", "Statement of Account Branch"]
ignore_links_on_delete += ["Statement of Account Entry"]
# what is granted to customers stays when ERPNext deletes what they have bought
company_data_to_be_ignored = ["Credit Profile", "Credit Company", "Credit Hold", "Credit Event"]
company_data_to_be_ignored += ["Stock Credit Limit"]
user_data_fields = personal_data.FIELDS

# ledger rows get their final names later
on_gle_rename = _access("backfill_changes.rename_in_log")

# filters on one of these mean everything below it as well
treeviews = ["Branch", "Customer Category"]

scheduler_events = {
	"hourly_long": _access("jobs.count_members")
	+ _netting("settlement_jobs.resume")
	+ _credit("exposure_jobs.fold"),
	"daily": _access("jobs.mirror_teams"),
	"daily_long": _credit("exposure_jobs.recount_all", "hold_jobs.look_at_all"),
}

doctype_js, doctype_list_js, doctype_tree_js = form_scripts.FORMS, form_scripts.LISTS, form_scripts.TREES
