frappe.ui.form.on("Netting Agreement", {
	setup(frm) {
		frm.set_query("customer", () => ({ filters: { is_also_supplier: 1 } }));
		frm.set_query("excluded_voucher_types", () => ({
			filters: { name: ["in", ["Sales Invoice", "Purchase Invoice", "Journal Entry"]] },
		}));
	},

	refresh(frm) {
		const colors = { Active: "green", "Awaiting Approval": "orange", Ended: "gray" };
		frm.page.set_indicator(__(frm.doc.status), colors[frm.doc.status]);
		if (frm.is_new()) return;
		if (frm.doc.status === "Active" && frappe.model.can_create("Netting Settlement")) {
			frm.add_custom_button(__("Propose Settlement"), () => propose(frm)).addClass("btn-primary");
		}
		if (frm.doc.status === "Awaiting Approval" && frm.doc.terms_by !== frappe.session.user) {
			frm.add_custom_button(__("Approve"), async () => {
				await frappe.xcall("branch_crm.party_netting.api.approve_agreement", {
					agreement: frm.docname,
					modified: frm.doc.modified,
				});
				frm.reload_doc();
			});
		}
	},
});

async function propose(frm) {
	const settlement = await frappe.xcall("branch_crm.party_netting.api.propose", { agreement: frm.docname });
	frappe.set_route("Form", "Netting Settlement", settlement);
}
