frappe.query_reports["Sales by Type and Category"] = {
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
			fieldname: "from_date",
			label: __("From Date"),
			fieldtype: "Date",
			default: erpnext.utils.get_fiscal_year(frappe.datetime.get_today(), true)[1],
			reqd: 1,
		},
		{
			fieldname: "to_date",
			label: __("To Date"),
			fieldtype: "Date",
			default: frappe.datetime.get_today(),
			reqd: 1,
		},
		{
			fieldname: "group_by",
			label: __("Group By"),
			fieldtype: "Select",
			options: ["Trade Type", "Customer Category", "Branch"].map(branch_crm_group),
			default: "Trade Type",
			reqd: 1,
		},
		{
			fieldname: "then_by",
			label: __("Then By"),
			fieldtype: "Select",
			options: ["", "Trade Type", "Customer Category", "Branch", "Customer"].map(branch_crm_group),
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
		return data?.is_total ? `<b>${text}</b>` : text;
	},
};

function branch_crm_group(value) {
	return { value, label: value && __(value) };
}
