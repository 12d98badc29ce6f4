frappe.query_reports["Customer Ledger by Branch"] = {
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
			default: frappe.datetime.month_start(),
			reqd: 1,
		},
		{
			fieldname: "to_date",
			label: __("To Date"),
			fieldtype: "Date",
			default: frappe.datetime.get_today(),
			reqd: 1,
		},
		{ fieldname: "customer", label: __("Customer"), fieldtype: "Link", options: "Customer" },
		{ fieldname: "branch", label: __("Branch"), fieldtype: "Link", options: "Branch" },
		{ fieldname: "trade_type", label: __("Trade Type"), fieldtype: "Link", options: "Trade Type" },
		{
			fieldname: "customer_category",
			label: __("Customer Category"),
			fieldtype: "Link",
			options: "Customer Category",
		},
		{ fieldname: "by_branch", label: __("By Branch"), fieldtype: "Check" },
	],
	tree: true,
	name_field: "entry",
	initial_depth: 3,
	onload(report) {
		const run = "Statement of Account Run";
		if (!frappe.model.can_create(run)) return;
		report.page.add_inner_button(__("Mail Statements"), () => frappe.new_doc(run, report.get_values()));
	},
	formatter(value, row, column, data, format) {
		const text = format(value, row, column, data);
		return data?.is_head ? `<b>${text}</b>` : text;
	},
};
