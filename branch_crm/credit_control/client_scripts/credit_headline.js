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
		const is_draft = !frm.doc.docstatus;
		const found = is_draft ? await branch_crm.credit.ask(...shown.slice(1)) : null;
		const hold = is_draft && !frm.is_new() ? await branch_crm.credit_hold.of_document(frm.doc) : null;
		// another customer has been chosen meanwhile
		if (frm.credit_shown !== shown) return;
		const said = [found ? branch_crm.credit.headline_of(found) : "", branch_crm.credit_hold.html_of(hold)];
		frm.layout.wrapper.find(".credit-headline").remove();
		if (!said.some(Boolean)) return;
		$(`<div class="form-message credit-headline ${COLORS[found ? found.verdict : "off"]}"></div>`)
			.html([`<b>${__("Credit")}</b>`, ...said.filter(Boolean)].join(" · "))
			.prependTo(frm.layout.wrapper)
			.find(".credit-hold-request")
			.on("click", () => branch_crm.credit_hold.request(frm.doc));
	}
}
