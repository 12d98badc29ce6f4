// Loaded with the form of each document that carries the trade type of its customer; what is registered twice would
// run twice.
frappe.provide("branch_crm");

if (!branch_crm.trade_type) {
	branch_crm.trade_type = {
		// a dynamic link fetches nothing
		async party_name(frm) {
			const is_customer = frm.doc.quotation_to === "Customer" && frm.doc.party_name;
			const found = is_customer && (await frappe.db.get_value("Customer", frm.doc.party_name, "trade_type"));
			await frm.set_value("trade_type", found?.message?.trade_type || null);
		},

		trade_type: price_anew,
		[frappe.boot.branch_field]: price_anew,
	};

	// the server does it again when the document is saved
	async function price_anew(frm) {
		await frappe.after_ajax();
		if (frm.doc.docstatus === 0 && frm.doc.items?.some((row) => row.item_code)) frm.cscript.apply_pricing_rule?.();
	}

	for (const doctype of ["Quotation", "Sales Order", "Delivery Note", "Sales Invoice", "POS Invoice"]) {
		frappe.ui.form.on(doctype, branch_crm.trade_type);
	}
}
