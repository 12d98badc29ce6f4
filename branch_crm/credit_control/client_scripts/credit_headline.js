// How the customer stands, on each sales document before anything is saved.
frappe.provide("branch_crm");

if (!branch_crm.credit_headline) {
	const FIELD = { Quotation: "party_name" };
	const COLORS = { off: "blue", warn: "yellow", hold: "red", block: "red" };

	branch_crm.credit_headline = { refresh: show, company: show, customer: show, party_name: show };
	branch_crm.credit_headline[frappe.boot.branch_field] = show;

	for (const doctype of ["Quotation", "Sales Order", "Delivery Note", "Sales Invoice", "POS Invoice"]) {
		frappe.ui.form.on(doctype, branch_crm.credit_headline);
	}

	async function show(frm) {
		const is_to_customer = frm.doctype !== "Quotation" || frm.doc.quotation_to === "Customer";
		const customer = is_to_customer && frm.doc[FIELD[frm.doctype] || "customer"];
		const shown = [frm.docname, customer, frm.doc.company, frm.doc[frappe.boot.branch_field]];
		frm.credit_shown = shown;
		const found = frm.doc.docstatus ? null : await branch_crm.credit.ask(...shown.slice(1));
		// another customer has been chosen meanwhile
		if (frm.credit_shown !== shown) return;
		const headline = found ? branch_crm.credit.headline_of(found) : "";
		frm.layout.wrapper.find(".credit-headline").remove();
		if (!headline) return;
		const shown_at = $(`<div class="form-message credit-headline ${COLORS[found.verdict]}"></div>`)
			.html(`<b>${__("Credit")}</b> · ${headline}`)
			.prependTo(frm.layout.wrapper);
		branch_crm.credit_hold.show(frm, shown_at);
	}
}
