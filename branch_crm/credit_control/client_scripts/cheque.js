frappe.ui.form.on("Payment Entry", {
	refresh(frm) {
		const { docstatus, payment_type, party_type, reference_no, cheque_return } = frm.doc;
		const is_receipt = docstatus === 1 && payment_type === "Receive" && party_type === "Customer";
		if (!is_receipt || !reference_no || cheque_return || !frappe.model.can_create("Cheque Return")) return;
		frm.add_custom_button(
			__("Cheque Returned"),
			() => frappe.new_doc("Cheque Return", { payment_entry: frm.docname }),
			__("Create")
		);
	},
});
