frappe.ui.form.on("Party Merge", {
	refresh(frm) {
		if (frm.doc.status === "Completed" || !frappe.boot.user.in_create.includes("Party Merge")) return;
		frm.add_custom_button(__("Run Again"), async () => {
			await frappe.xcall("branch_crm.customer_master.merge_api.run_again", { merge: frm.docname });
			frappe.show_alert({ message: __("It works in the background."), indicator: "blue" });
		});
	},
});
