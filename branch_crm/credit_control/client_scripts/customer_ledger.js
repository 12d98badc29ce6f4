frappe.ui.form.on("Customer", {
	refresh(frm) {
		const report = "Customer Ledger by Branch";
		if (frm.is_new() || !frappe.boot.user.all_reports?.[report]) return;
		frm.add_custom_button(__("Statement of Account"), () => {
			frappe.set_route("query-report", report, {
				company: frappe.defaults.get_user_default("Company"),
				customer: frm.docname,
				by_branch: 1,
			});
		});
	},
});
