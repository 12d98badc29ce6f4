frappe.query_reports["Customers Without Owner"] = {
	filters: [
		{
			fieldname: "party_type",
			label: __("Party Type"),
			fieldtype: "Select",
			options: ["Customer", "Supplier", "Prospect"].map((value) => ({ value, label: __(value) })),
			default: "Customer",
			reqd: 1,
		},
		{ fieldname: "branch", label: __("Branch"), fieldtype: "Link", options: "Branch" },
		{
			fieldname: "owner",
			label: __("Responsible For"),
			fieldtype: "Select",
			options: [
				"",
				{ value: "Sales", label: __("Sales") },
				{ value: "Support", label: __("Support") },
			],
			default: "Sales",
		},
		{
			fieldname: "fault",
			label: __("What Is Wrong"),
			fieldtype: "Select",
			options: [
				"",
				{ value: "No Owner", label: __("No Owner") },
				{ value: "Owner Disabled", label: __("Owner Disabled") },
				{ value: "Owner Not in Team", label: __("Owner Not in Team") },
			],
		},
	],
};
