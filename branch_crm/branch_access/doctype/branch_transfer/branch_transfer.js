frappe.ui.form.on("Branch Transfer", {
	refresh(frm) {
		const status = frm.doc.status;
		const asked = ["party_type", "action", "from_branch", "branch", "sales_owner", "support_owner"];
		asked.push("from_user", "to_user", "owner_of", "filters");
		frm.toggle_enable(asked, status === "Draft");
		if (status !== "Draft") frm.disable_save();
		if (frm.is_new() || frm.is_dirty()) return;
		const add = (label, states, action) => states.includes(status) && frm.add_custom_button(label, action);
		add(__("Count"), ["Draft"], () => count(frm));
		const begin = () => call(frm, "branch_crm.branch_access.transfer_api.begin");
		add(__("Start"), ["Draft"], begin);
		add(__("Go On"), ["Queued", "Running", "Failed"], begin);
		add(__("Cancel"), ["Draft", "Queued", "Running", "Failed"], () =>
			call(frm, "branch_crm.branch_access.transfer_api.cancel")
		);
		add(__("Undo"), ["Completed", "Cancelled", "Failed", "Undoing"], () =>
			frappe.confirm(
				__("Give the parties back the branches and owners that they had? Those changed since stay."),
				() => call(frm, "branch_crm.branch_access.transfer_api.begin_undo")
			)
		);
		if (status === "Draft") return;
		frm.add_custom_button(__("Log"), () =>
			frappe.set_route("List", "Branch Transfer Entry", { transfer: frm.doc.name })
		);
		follow(frm);
	},
});

async function call(frm, method) {
	await frappe.xcall(method, { transfer: frm.doc.name });
	frm.reload_doc();
}

async function count(frm) {
	const counted = await frappe.xcall("branch_crm.branch_access.transfer_api.count", {
		transfer: frm.doc.name,
	});
	const reasons = Object.entries(counted.not_changed).map(
		([reason, number]) => `<li>${frappe.utils.escape_html(reason)} (${number})</li>`
	);
	frappe.msgprint(
		`<p>${__("{0} will be changed.", [counted.changed])}</p><ul>${reasons.join("")}</ul>`,
		__("Count")
	);
}

// progress comes by itself where the site has realtime; the form asks all the same
function follow(frm) {
	const { status, name, total, changed, not_changed, undone, left_alone } = frm.doc;
	if (!["Queued", "Running", "Undoing"].includes(status)) return;
	const [done, of] = status === "Undoing" ? [undone + left_alone, changed] : [changed + not_changed, total];
	frm.dashboard.show_progress(__(status), (100 * done) / (of || 1), __("{0} of {1}", [done, of]));
	clearTimeout(frm.following);
	frm.following = setTimeout(() => {
		if (cur_frm === frm && frm.doc.name === name && frappe.get_route()[0] === "Form") frm.reload_doc();
	}, 2000);
}
