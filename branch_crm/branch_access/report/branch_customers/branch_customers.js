frappe.query_reports["Branch Customers"] = {
	filters: [
		{ fieldname: "branch", label: __("Branch"), fieldtype: "Link", options: "Branch" },
		{ fieldname: "show_customers", label: __("Show Customers"), fieldtype: "Check" },
		{
			fieldname: "owner",
			depends_on: "show_customers",
			label: __("Owner"),
			fieldtype: "Select",
			options: [
				"",
				{ value: "With Sales Owner", label: __("With Sales Owner") },
				{ value: "Without Sales Owner", label: __("Without Sales Owner") },
				{ value: "With Support Owner", label: __("With Support Owner") },
				{ value: "Without Support Owner", label: __("Without Support Owner") },
			],
		},
	],
	tree: true,
	name_field: "branch",
	parent_field: "parent_branch",
	initial_depth: 3,
};
