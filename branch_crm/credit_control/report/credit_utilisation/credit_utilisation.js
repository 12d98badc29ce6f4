frappe.query_reports["Credit Utilisation"] = {
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
			fieldname: "group_by",
			label: __("Group By"),
			fieldtype: "Select",
			options: ["Customer", "Customer Category", "Trade Type", "Branch"].map((value) => ({
				value,
				label: __(value),
			})),
			default: "Customer",
			reqd: 1,
		},
		{
			fieldname: "over",
			label: __("Used by More Than (%)"),
			fieldtype: "Float",
		},
		{ fieldname: "branch", label: __("Branch"), fieldtype: "Link", options: "Branch" },
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
		if (data?.is_total) return `<b>${text}</b>`;
		const is_over = column.fieldname === "utilisation" && data?.utilisation > 100;
		return is_over ? `<span class="text-danger">${text}</span>` : text;
	},
};
