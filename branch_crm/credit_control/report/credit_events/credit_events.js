frappe.query_reports["Credit Events"] = {
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
			default: frappe.datetime.add_months(frappe.datetime.get_today(), -1),
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
			fieldname: "event",
			label: __("Event"),
			fieldtype: "Select",
			options: ["", "Refused", "Release Requested", "Released", "Rejected", "Release Used", "Release Ran Out", "Cleared"].map((value) => ({ value, label: value && __(value) })),
		},
		{
			fieldname: "group_by",
			label: __("Group By"),
			fieldtype: "Select",
			options: ["Document", "Branch", "Customer Category", "Trade Type", "Customer"].map((value) => ({
				value,
				label: __(value),
			})),
			default: "Document",
			reqd: 1,
		},
		{ fieldname: "branch", label: __("Branch"), fieldtype: "Link", options: "Branch" },
		{ fieldname: "customer", label: __("Customer"), fieldtype: "Link", options: "Customer" },
		{ fieldname: "trade_type", label: __("Trade Type"), fieldtype: "Link", options: "Trade Type" },
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
