frappe.treeview_settings["Customer Category"] = {
	// what is added at the top has no parent, and Frappe takes the label of a node for its name
	root_label: "",
	get_label: (node) => node.label || __("All Customer Categories"),
	get_tree_root: false,
	onload(treeview) {
		treeview.root_value = "";
		treeview.make_tree();
	},
	fields: [
		{
			fieldtype: "Data",
			fieldname: "customer_category_name",
			label: __("Customer Category"),
			reqd: 1,
		},
		{
			fieldtype: "Check",
			fieldname: "is_group",
			label: __("Is Group"),
			description: __("Other categories lie below it"),
		},
	],
	ignore_fields: ["parent_customer_category"],
	extend_toolbar: true,
	toolbar: [
		{
			label: __("Customers"),
			condition: (node) => !node.is_root && frappe.model.can_read("Customer"),
			click: (node) =>
				frappe.set_route("List", "Customer", {
					customer_category: ["descendants of (inclusive)", node.label],
				}),
		},
	],
};
