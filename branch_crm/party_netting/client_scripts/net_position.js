(() => {
	const MIRRORS = {
		Customer: { tick: "is_also_supplier", other: "Supplier", field: "linked_supplier" },
		Supplier: { tick: "is_also_customer", other: "Customer", field: "linked_customer" },
	};

	for (const [doctype, { tick, other, field }] of Object.entries(MIRRORS)) {
		frappe.ui.form.on(doctype, {
			refresh(frm) {
				frm.get_field("net_position")?.$wrapper.empty();
				if (!frm.is_new() && frm.doc[tick] && frm.doc[field]) show(frm, other, frm.doc[field]);
			},
		});
	}

	async function show(frm, other, name) {
		const needed = ["Sales Invoice", "Purchase Invoice", other];
		const may_read = needed.every((doctype) => frappe.model.can_read(doctype));
		const company = frappe.defaults.get_user_default("Company");
		if (!may_read || !company) return;
		const customer = frm.doctype === "Customer" ? frm.docname : frm.doc.linked_customer;
		const asked = { customer, company };
		const shown = frm.docname;
		// who does not reach the other party sees no position, and no refusal either
		if (!(await frappe.db.count(other, { filters: { name } }))) return;
		const found = await frappe.xcall("branch_crm.party_netting.api.net_position", asked);
		if (frm.docname !== shown) return;
		const body = frm.get_field("net_position").$wrapper.html(html_of(found, company));
		if (!found.net || !frappe.model.can_create("Payment Entry")) return;
		const label = found.net > 0 ? __("Receive Balance") : __("Pay Balance");
		const button = $(`<button class="btn btn-default btn-sm"></button>`).text(label);
		button.on("click", async () => {
			const payment = await frappe.xcall("branch_crm.party_netting.api.balance_payment", asked);
			const [doc] = frappe.model.sync(payment);
			frappe.set_route("Form", doc.doctype, doc.name);
		});
		body.append(button);
	}

	function html_of(found, company) {
		const money = (amount) => frappe.format(amount, { fieldtype: "Currency", options: "currency" }, { inline: true, only_value: true }, found);
		const cells = [
			[__("Receivable"), found.receivable],
			[__("Payable"), found.payable],
			[found.net >= 0 ? __("Net to Receive") : __("Net to Pay"), Math.abs(found.net)],
		];
		const columns = cells
			.map(
				([label, amount]) =>
					`<div class="mr-5 mb-2 text-nowrap"><div class="text-muted small">${label}</div><b>${money(amount)}</b></div>`
			)
			.join("");
		return `<div class="d-flex flex-wrap net-position">${columns}</div>
			<p class="text-muted small">${__("In {0}, of the documents that you may read; nothing is posted.", [
				frappe.utils.escape_html(company),
			])}</p>`;
	}
})();
