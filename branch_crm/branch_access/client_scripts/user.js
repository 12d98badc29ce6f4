frappe.ui.form.on("User", {
	async refresh(frm) {
		if (frm.is_new() || frm.doc.user_type !== "System User" || frm.doc.name === "Administrator") return;
		const says = await frappe.xcall("branch_crm.branch_access.api.scope_in_words", { user: frm.doc.name });
		if (says) frm.dashboard.add_comment(says, "yellow", true);
		if (frappe.boot.user.all_reports["Branch Access by User"]) {
			frm.add_custom_button(__("Branches"), () =>
				frappe.set_route("query-report", "Branch Access by User", { user: frm.doc.name })
			);
		}
	},
});
