frappe.ui.form.on("Netting Run", {
	refresh(frm) {
		if (frm.is_new() || frm.doc.status === "Completed" || !frm.perm[0]?.write) return;
		const label = frm.doc.status === "Draft" ? __("Begin") : __("Go On");
		frm.add_custom_button(label, async () => {
			await frappe.xcall("branch_crm.party_netting.api.begin_run", { run: frm.docname });
			frappe.show_alert({ message: __("It works in the background."), indicator: "blue" });
			frm.reload_doc();
		}).addClass("btn-primary");
	},
});
