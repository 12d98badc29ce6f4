frappe.query_reports["Branch Access by Branch"] = {
	filters: [
		{ fieldname: "branch", label: __("Branch"), fieldtype: "Link", options: "Branch", reqd: 1 },
		{ fieldname: "with_below", label: __("Include Branches Below"), fieldtype: "Check" },
	],
	formatter(value, row, column, data, default_formatter) {
		const shown = default_formatter(value, row, column, data);
		const names_branch = ["branch", "through"].includes(column.fieldname) && value;
		return names_branch ? frappe.utils.get_form_link("Branch", value, true) : shown;
	},
};
