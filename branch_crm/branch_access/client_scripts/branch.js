frappe.ui.form.on("Branch", {
	setup(frm) {
		frm.set_query("parent_branch", () => ({ filters: { is_group: 1, name: ["!=", frm.doc.name] } }));
		for (const fieldname of ["cost_center", "warehouse"]) {
			frm.set_query(fieldname, () => ({
				filters: { is_group: 0, ...(frm.doc.company ? { company: frm.doc.company } : {}) },
			}));
		}
		frm.set_query("money_account", () => ({
			filters: {
				is_group: 0,
				account_type: ["in", ["Bank", "Cash"]],
				...(frm.doc.company ? { company: frm.doc.company } : {}),
			},
		}));
	},

	refresh(frm) {
		if (frm.is_new()) return;
		frm.add_custom_button(__("Tree"), () => frappe.set_route("Tree", "Branch"));
		if (frappe.model.can_read("Customer")) {
			frm.add_custom_button(__("Customers"), () =>
				frappe.set_route("query-report", "Branch Customers", { branch: frm.doc.name })
			);
		}
		frm.toggle_display("parent_branch", true);
	},
});
