frappe.provide("frappe.dashboards.chart_sources");

frappe.dashboards.chart_sources["Sales by Branch"] = {
	method: "branch_crm.branch_access.dashboard_chart_source.sales_by_branch.sales_by_branch.get",
	filters: [
		{
			fieldname: "company",
			label: __("Company"),
			fieldtype: "Link",
			options: "Company",
			default: frappe.defaults.get_user_default("Company"),
		},
	],
};
