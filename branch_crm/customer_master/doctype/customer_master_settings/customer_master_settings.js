frappe.ui.form.on("Customer Master Settings", {
	async refresh(frm) {
		const number = await frappe.xcall("branch_crm.customer_master.code_api.count_without_code");
		if (!number || !frm.perm[0]?.write) return;
		frm.add_custom_button(__("Give Codes"), () =>
			frappe.confirm(
				__("Give a lasting code to each of the {0} customers that have none?", [number]),
				async () => {
					await frappe.xcall("branch_crm.customer_master.code_api.begin_giving_codes");
					frappe.show_alert({ message: __("It works in the background."), indicator: "blue" });
				}
			)
		);
	},
});
