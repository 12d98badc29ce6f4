frappe.ui.form.on("Trade Price", {
	setup(frm) {
		frm.set_query("trade_type", () => ({ filters: { disabled: 0 } }));
		frm.set_query("branch", () => ({ filters: { enabled: 1 } }));
	},

	apply_on(frm) {
		frm.set_value("applies_to", null);
	},
});
