// Loaded with the form of each master; what is registered twice would run twice.
frappe.provide("branch_crm");

if (!branch_crm.master) {
	branch_crm.master = {
		setup(frm) {
			frm.set_query("branch", "branches", () => ({ filters: { enabled: 1 } }));
			for (const fieldname of ["sales_owner", "support_owner"]) {
				frm.set_query(fieldname, "branches", () => ({
					filters: { enabled: 1, user_type: "System User" },
				}));
			}
		},

		refresh(frm) {
			if (frm.is_new()) return;
			frm.add_custom_button(
				__("Responsible, Since When"),
				() => branch_crm.show_responsibility(frm.doc),
				__("View")
			);
		},

		onload(frm) {
			if (frm.is_new() && !frm.doc.branches?.length) frm.events.propose_branch(frm);
		},

		territory(frm) {
			if (frm.is_new()) frm.events.propose_branch(frm);
		},

		async propose_branch(frm) {
			const chosen_by_hand = frm.doc.branches?.some((row) => row.branch !== frm.proposed_branch);
			if (chosen_by_hand) return;
			const branch = await frappe.xcall("branch_crm.branch_access.api.proposed_branch", {
				doctype: frm.doc.doctype,
				territory: frm.doc.territory,
			});
			if (!branch || branch === frm.proposed_branch) return;
			frm.proposed_branch = branch;
			frm.clear_table("branches");
			frm.add_child("branches", { branch, is_primary: 1 });
			frm.refresh_field("branches");
		},
	};

	branch_crm.show_responsibility = async function (doc) {
		const terms = await frappe.xcall("branch_crm.branch_access.responsibility_api.history", {
			doctype: doc.doctype,
			name: doc.name,
		});
		const time = (value) => (value ? frappe.datetime.str_to_user(value.split(".")[0]) : "");
		const cells = (values, tag) =>
			values.map((value) => `<${tag}>${frappe.utils.escape_html(value)}</${tag}>`).join("");
		const rows = terms.map((term) => {
			const values = [term.branch, __(term.function), term.full_name || __("Nobody")];
			const times = [time(term.from_time), time(term.to_time), term.by];
			return `<tr>${cells([...values, ...times], "td")}</tr>`;
		});
		const titles = [__("Branch"), __("For"), __("User"), __("From"), __("To"), __("Changed By")];
		const table = rows.length
			? `<div class="table-responsive"><table class="table table-bordered responsibility">
				<thead><tr>${cells(titles, "th")}</tr></thead><tbody>${rows.join("")}</tbody></table></div>`
			: __("This party has belonged to no branch that you reach.");
		new frappe.ui.Dialog({
			title: __("Responsible, Since When"),
			size: "extra-large",
			fields: [{ fieldname: "terms", fieldtype: "HTML", options: table }],
		}).show();
	};

	["Customer", "Supplier", "Prospect"].forEach((doctype) => frappe.ui.form.on(doctype, branch_crm.master));

	frappe.ui.form.on("Branch Assignment", {
		branches_add(frm, cdt, cdn) {
			if (frm.doc.branches.length === 1) frappe.model.set_value(cdt, cdn, "is_primary", 1);
		},

		is_primary(frm, cdt, cdn) {
			if (!locals[cdt][cdn].is_primary) return;
			frm.doc.branches
				.filter((row) => row.name !== cdn && row.is_primary)
				.forEach((row) => frappe.model.set_value(cdt, row.name, "is_primary", 0));
		},
	});
}
