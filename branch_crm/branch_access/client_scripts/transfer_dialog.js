// Loaded with the list of each master: a transfer is made there, counted, and begun.
frappe.provide("branch_crm");

branch_crm.TransferDialog = class TransferDialog {
	constructor(doctype, action, filters, number) {
		this.values = { doctype: "Branch Transfer", party_type: doctype, filters: JSON.stringify(filters) };
		this.dialog = new frappe.ui.Dialog({
			title: number
				? __("{0}: {1} selected", [__(doctype), number])
				: __("{0}: all of this list", [__(doctype)]),
			fields: this.fields(action),
			primary_action_label: __("Count"),
			primary_action: () => (this.is_counted ? this.begin() : this.count()),
			on_hide: () => this.forget_draft(),
		});
		this.dialog.show();
	}

	fields(action) {
		const only = (...actions) => `eval:${JSON.stringify(actions)}.includes(doc.action)`;
		const link = (fieldname, label, options, actions, is_needed, filters) => ({
			...{ fieldname, label, options, fieldtype: "Link", depends_on: only(...actions) },
			mandatory_depends_on: is_needed ? only(...is_needed) : "",
			get_query: () => ({ filters }),
			change: () => this.reset(),
		});
		const users = { enabled: 1, user_type: "System User" };
		const in_branch = ["Add Branch", "Replace Branch", "Set Owner"];
		return [
			{
				...{ fieldname: "action", label: __("Action"), fieldtype: "Select", reqd: 1, default: action },
				options: [...in_branch, "Replace Owner"].map((value) => ({ value, label: __(value) })),
				change: () => this.reset(),
			},
			link("from_branch", __("From Branch"), "Branch", ["Replace Branch"], ["Replace Branch"]),
			link("branch", __("Branch"), "Branch", [...in_branch, "Replace Owner"], in_branch, { enabled: 1 }),
			link("sales_owner", __("Sales Owner"), "User", in_branch, null, users),
			link("support_owner", __("Support Owner"), "User", in_branch, null, users),
			{
				...link("from_user", __("From User"), "User", ["Replace Owner"], ["Replace Owner"]),
				description: __("In the branch above, or in all branches where none is given"),
			},
			link("to_user", __("To User"), "User", ["Replace Owner"], ["Replace Owner"], users),
			{
				...{ fieldname: "owner_of", label: __("Responsible For"), fieldtype: "Select", default: "Both" },
				options: ["Both", "Sales", "Support"].map((value) => ({ value, label: __(value) })),
				depends_on: only("Replace Owner"),
				change: () => this.reset(),
			},
			{ fieldname: "figures", fieldtype: "HTML" },
		];
	}

	async count() {
		const chosen = this.dialog.get_values();
		// the dialog says what is missing
		if (!chosen) return;
		const method = this.values.name ? "save" : "insert";
		const doc = { ...this.values, ...this.cleared(), ...chosen };
		this.values = await frappe.xcall(`frappe.client.${method}`, { doc });
		const counted = await frappe.xcall("branch_crm.branch_access.transfer_api.count", {
			transfer: this.values.name,
		});
		this.dialog.fields_dict.figures.$wrapper.html(branch_crm.transfer_in_words(counted));
		if (!counted.changed) return;
		this.is_counted = true;
		this.dialog.set_primary_action(__("Start"), () => this.begin());
	}

	async begin() {
		const transfer = this.values.name;
		await frappe.xcall("branch_crm.branch_access.transfer_api.begin", { transfer });
		this.values = {};
		this.dialog.hide();
		frappe.set_route("Form", "Branch Transfer", transfer);
	}

	// what was counted is not what would be done now
	reset() {
		if (!this.is_counted) return;
		this.is_counted = false;
		this.dialog.fields_dict.figures.$wrapper.empty();
		this.dialog.set_primary_action(__("Count"), () => this.count());
	}

	cleared() {
		const fields = this.dialog.fields.filter((field) => field.fieldtype === "Link");
		return Object.fromEntries(fields.map((field) => [field.fieldname, null]));
	}

	forget_draft() {
		if (!this.values.name) return;
		frappe.xcall("frappe.client.delete", { doctype: "Branch Transfer", name: this.values.name });
	}
};

branch_crm.transfer_in_words = function (counted) {
	const reasons = Object.entries(counted.not_changed);
	const lines = reasons.map(([reason, number]) => `<li>${frappe.utils.escape_html(reason)} (${number})</li>`);
	const left = reasons.reduce((sum, [, number]) => sum + number, 0);
	const not_changed = left ? `<p>${__("{0} will not be changed:", [left])}</p><ul>${lines.join("")}</ul>` : "";
	return `<p><b>${__("{0} will be changed.", [counted.changed])}</b></p>${not_changed}`;
};

branch_crm.offer_transfers = function (listview) {
	const doctype = listview.doctype;
	if (!frappe.model.can_create("Branch Transfer") || !frappe.model.can_write(doctype)) return;
	const selected = (action) => () => {
		const names = listview.get_checked_items(true);
		new branch_crm.TransferDialog(doctype, action, [[doctype, "name", "in", names]], names.length);
	};
	listview.page.add_actions_menu_item(__("Assign to Branch"), selected("Add Branch"), false);
	listview.page.add_actions_menu_item(__("Transfer"), selected("Replace Branch"), false);
	listview.page.add_menu_item(__("Transfer All of This List"), () => {
		new branch_crm.TransferDialog(doctype, "Replace Branch", listview.get_filters_for_args());
	});
};
