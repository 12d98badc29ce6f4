frappe.query_reports["Receivables Ageing"] = {
	filters: [
		{
			fieldname: "company",
			label: __("Company"),
			fieldtype: "Link",
			options: "Company",
			default: frappe.defaults.get_user_default("Company"),
			reqd: 1,
		},
		{
			fieldname: "report_date",
			label: __("Report Date"),
			fieldtype: "Date",
			default: frappe.datetime.get_today(),
			reqd: 1,
		},
		{
			fieldname: "group_by",
			label: __("Group By"),
			fieldtype: "Select",
			options: ["Branch", "Customer Category", "Trade Type", "Customer", "Document"].map(
				(value) => ({ value, label: __(value) }),
			),
			default: "Branch",
			reqd: 1,
		},
		{
			fieldname: "show_customers",
			label: __("Show Customers"),
			fieldtype: "Check",
			default: 1,
			depends_on: "eval:!['Customer', 'Document'].includes(doc.group_by)",
		},
		{
			fieldname: "ageing_based_on",
			label: __("Ageing Based On"),
			fieldtype: "Select",
			options: ["Due Date", "Posting Date"].map((value) => ({ value, label: __(value) })),
			default: "Due Date",
		},
		{
			fieldname: "range",
			label: __("Ageing Range"),
			fieldtype: "Data",
			default: "30, 60, 90, 120",
		},
		{ fieldname: "branch", label: __("Branch"), fieldtype: "Link", options: "Branch" },
		{ fieldname: "customer", label: __("Customer"), fieldtype: "Link", options: "Customer" },
		{
			fieldname: "trade_type",
			label: __("Trade Type"),
			fieldtype: "Link",
			options: "Trade Type",
		},
		{
			fieldname: "customer_category",
			label: __("Customer Category"),
			fieldtype: "Link",
			options: "Customer Category",
		},
	],
	tree: true,
	name_field: "entry",
	initial_depth: 3,
	formatter(value, row, column, data, format) {
		const text = format(value, row, column, data);
		return data?.is_total ? `<b>${text}</b>` : text;
	},
};
