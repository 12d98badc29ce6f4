frappe.treeview_settings["Branch"] = {
	get_tree_nodes: "branch_crm.branch_access.api.get_children",
	root_label: __("All Branches"),
	get_tree_root: false,
	breadcrumb: "CRM",
	onload(treeview) {
		treeview.root_value = "";
		treeview.make_tree();
	},
	fields: [
		{ fieldtype: "Data", fieldname: "branch", label: __("Branch"), reqd: 1 },
		{
			fieldtype: "Check",
			fieldname: "is_group",
			label: __("Is Group"),
			description: __("Other branches lie below it"),
		},
		{ fieldtype: "Link", fieldname: "company", label: __("Company"), options: "Company" },
		{ fieldtype: "Data", fieldname: "branch_code", label: __("Branch Code") },
	],
	ignore_fields: ["parent_branch"],
	extend_toolbar: true,
	toolbar: [
		{
			label: __("Customers"),
			condition: (node) => !node.is_root && frappe.model.can_read("Customer"),
			click: (node) => branch_crm_open_customers(node.label),
		},
	],
};

function branch_crm_open_customers(branch) {
	frappe.set_route("List", "Customer", "List").then(() => {
		cur_list.filter_area.clear().then(() =>
			cur_list.filter_area.add([
				["Branch Assignment", "branch", "descendants of (inclusive)", branch],
			])
		);
	});
}
