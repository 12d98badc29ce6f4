frappe.query_reports["Branch Access by User"] = {
	filters: [{ fieldname: "user", label: __("User"), fieldtype: "Link", options: "User", reqd: 1 }],
	formatter(value, row, column, data, default_formatter) {
		const shown = default_formatter(value, row, column, data);
		const names_branch = ["branch", "through"].includes(column.fieldname) && value;
		return names_branch ? frappe.utils.get_form_link("Branch", value, true) : shown;
	},
};
