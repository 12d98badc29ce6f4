frappe.ui.form.on("Statement of Account Run", {
	refresh(frm) {
		if (frm.is_new()) return;
		frm.add_custom_button(__("Preview"), () => preview(frm));
		const { status, entries } = frm.doc;
		const is_done = status === "Completed" && entries.every((entry) => entry.state === "Sent");
		if (is_done || !frm.perm[0]?.write) return;
		const label = { Draft: __("Send"), Completed: __("Send Again") }[status] || __("Go On");
		frm.add_custom_button(label, () => send(frm)).addClass("btn-primary");
	},
});

async function send(frm) {
	if (frm.is_dirty()) await frm.save();
	frappe.confirm(__("Mail the statements to the customers?"), async () => {
		const { name: run, modified } = frm.doc;
		await frappe.xcall("branch_crm.credit_control.statement_api.send", { run, modified });
		frappe.show_alert({ message: __("It works in the background."), indicator: "blue" });
		frm.reload_doc();
	});
}

async function preview(frm) {
	if (frm.is_dirty()) await frm.save();
	const listed = await frappe.xcall("branch_crm.credit_control.statement_api.preview", { run: frm.docname });
	const escape = frappe.utils.escape_html;
	const rows = listed
		.map(
			(one) => `<tr>
				<td>${escape(one.customer_name)}</td>
				<td class="text-right">${format_currency(one.closing_balance, one.currency)}</td>
				<td>${escape(one.recipients.join(", ")) || __("No Address")}</td>
			</tr>`
		)
		.join("");
	const heads = `<tr><th>${__("Customer")}</th><th class="text-right">${__("Closing Balance")}</th><th>${__("Recipients")}</th></tr>`;
	frappe.msgprint({
		title: __("Customers: {0}", [listed.length]),
		message: `<table class="table table-bordered"><thead>${heads}</thead><tbody>${rows}</tbody></table>`,
		wide: true,
	});
}
