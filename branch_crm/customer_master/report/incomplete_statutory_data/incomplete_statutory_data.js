frappe.query_reports["Incomplete Statutory Data"] = {
	filters: [
		{
			fieldname: "party_type",
			label: __("Party Type"),
			fieldtype: "Select",
			options: ["Customer", "Supplier"].map((value) => ({ value, label: __(value) })),
			default: "Customer",
			reqd: 1,
		},
		{ fieldname: "branch", label: __("Branch"), fieldtype: "Link", options: "Branch" },
		{
			fieldname: "finding",
			label: __("Finding"),
			fieldtype: "Select",
			options: [
				"",
				{ value: "Missing", label: __("Missing") },
				{ value: "Inconsistent", label: __("Inconsistent") },
			],
		},
	],
};
