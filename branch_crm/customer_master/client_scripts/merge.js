// Loaded with the forms of all that is merged; what is registered twice would run twice.
frappe.provide("branch_crm");

if (!branch_crm.MergeDialog) {
	branch_crm.MergeDialog = class MergeDialog {
		constructor(frm) {
			this.frm = frm;
			this.dialog = new frappe.ui.Dialog({
				title: __("Merge {0} into Another One", [frm.docname]),
				size: "large",
				fields: [
					{
						...{ fieldname: "into_name", fieldtype: "Link", options: frm.doctype, reqd: 1 },
						label: __("Into"),
						get_query: () => ({ filters: { name: ["!=", frm.docname] } }),
						change: () => this.show_preview(),
					},
					{ fieldname: "preview", fieldtype: "HTML" },
					{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 },
				],
				primary_action_label: __("Merge"),
				primary_action: (values) => this.ask(values),
			});
			this.dialog.get_primary_btn().prop("disabled", true);
			this.dialog.show();
		}

		get names() {
			const into_name = this.dialog.get_value("into_name");
			return { doctype: this.frm.doctype, from_name: this.frm.docname, into_name };
		}

		async show_preview() {
			const button = this.dialog.get_primary_btn().prop("disabled", true);
			const area = this.dialog.fields_dict.preview.$wrapper.empty();
			const names = this.names;
			if (!names.into_name) return;
			const preview = await frappe.xcall("branch_crm.customer_master.merge_api.preview", names);
			// another one was chosen meanwhile
			if (names.into_name !== this.names.into_name) return;
			area.html(branch_crm.merge_in_words(preview));
			button.prop("disabled", preview.obstacles.length > 0);
		}

		ask(values) {
			const { from_name, into_name } = this.names;
			frappe.confirm(
				__("{0} will be gone, and all that names it will name {1}. This is not taken back.", [
					frappe.utils.escape_html(from_name).bold(),
					frappe.utils.escape_html(into_name).bold(),
				]),
				() => this.merge(values.reason)
			);
		}

		async merge(reason) {
			const method = "branch_crm.customer_master.merge_api.merge";
			const record = await frappe.xcall(method, { ...this.names, reason });
			this.dialog.hide();
			frappe.set_route("Form", "Party Merge", record);
		}
	};

	branch_crm.merge_in_words = function (preview) {
		const table = (title, heads, rows) => {
			if (!rows.length) return "";
			const cells = (values, tag) =>
				values.map((value) => `<${tag}>${frappe.utils.escape_html(String(value ?? ""))}</${tag}>`).join("");
			const body = rows.map((row) => `<tr>${cells(row, "td")}</tr>`).join("");
			return `<h5>${title}</h5><table class="table table-bordered"><thead><tr>${cells(heads, "th")}</tr>
				</thead><tbody>${body}</tbody></table>`;
		};
		const text = (html) => $("<div>").html(html).text();
		const { obstacles, moves, rows, differences } = preview;
		const stops = obstacles.map((sentence) => `<li>${frappe.utils.escape_html(sentence)}</li>`).join("");
		const lines = [
			table(
				__("This moves"),
				[__("Document Type"), __("Field"), __("Number")],
				moves.map((one) => [__(one.document_type), __(one.field), one.number])
			),
			table(
				__("Rows of its own tables"),
				[__("Table"), __("Number"), __("Taken over")],
				rows.map((one) => [one.label, one.number, one.taken])
			),
			table(
				__("This stays as it is there, and is kept in the record only"),
				[__("Field"), __("Here"), __("There")],
				differences.map((one) => [one.label, text(one.lost), text(one.kept)])
			),
		];
		return (stops ? `<ul class="text-danger">${stops}</ul>` : "") + lines.join("");
	};

	["Customer", "Supplier", "Branch", "Customer Category"].forEach((doctype) =>
		frappe.ui.form.on(doctype, {
			refresh(frm) {
				const may_merge = frappe.boot.user.in_create.includes("Party Merge");
				if (frm.is_new() || !may_merge || frappe.boot.is_branch_required) return;
				frm.page.add_menu_item(__("Merge Into…"), () => new branch_crm.MergeDialog(frm));
			},
		})
	);
}
