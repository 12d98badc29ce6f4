frappe.ui.form.on("Cheque Return", {
	setup(frm) {
		frm.set_query("payment_entry", () => ({
			filters: {
				docstatus: 1,
				payment_type: "Receive",
				party_type: "Customer",
				reference_no: ["is", "set"],
				cheque_return: ["is", "not set"],
			},
		}));
		frm.set_query("charge_account", () => ({
			filters: { company: frm.doc.company, is_group: 0, root_type: ["in", ["Expense", "Income"]] },
		}));
	},
	refresh(frm) {
		if (frm.doc.docstatus !== 1) return;
		frm.add_custom_button(__("Accounting Ledger"), () =>
			frappe.set_route("query-report", "General Ledger", {
				company: frm.doc.company,
				from_date: frm.doc.return_date,
				to_date: frm.doc.return_date,
				voucher_no: frm.doc.journal_entry,
			})
		);
	},
});
