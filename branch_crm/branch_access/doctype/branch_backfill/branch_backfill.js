frappe.ui.form.on("Branch Backfill", {
	refresh(frm) {
		const status = frm.doc.status;
		frm.toggle_enable(["company", "document_types", "rules", "csv_file"], status === "Draft");
		frm.set_query("document_type", "document_types", () => ({ filters: { istable: 0, issingle: 0 } }));
		if (status !== "Draft") frm.disable_save();
		if (!frm.is_new() && !frm.is_dirty()) add_buttons(frm);
		frm.get_field("figures").$wrapper.html(figures(frm));
	},
});

function add_buttons(frm) {
	const status = frm.doc.status;
	if (status === "Draft")
		frm.add_custom_button(__("Dry Run"), () =>
			call(frm, "branch_crm.branch_access.backfill_api.begin_dry_run")
		);
	if (["Draft", "Queued", "Running"].includes(status))
		frm.add_custom_button(status === "Draft" ? __("Run") : __("Go On"), () =>
			frappe.confirm(
				__("Give branches to all documents that the rules find one for? It can be undone."),
				() => call(frm, "branch_crm.branch_access.backfill_api.begin")
			)
		);
	if (["Queued", "Running", "Done", "Undoing"].includes(status))
		frm.add_custom_button(__("Undo"), () =>
			frappe.confirm(
				__("Take back what this run gave? What somebody has changed since stays."),
				() => call(frm, "branch_crm.branch_access.backfill_api.begin_undo")
			)
		);
	if (!["Draft", "Undone"].includes(status))
		frm.add_custom_button(__("Log"), () =>
			frappe.set_route("List", "Branch Backfill Entry", { run: frm.doc.name })
		);
}

async function call(frm, method) {
	await frappe.xcall(method, { run: frm.doc.name });
	frappe.show_alert({ message: __("It works in the background."), indicator: "blue" });
	frm.reload_doc();
}

function figures(frm) {
	const dry_run = JSON.parse(frm.doc.dry_run || "{}");
	const counts = JSON.parse(frm.doc.counts || "{}");
	if (Object.keys(counts).length) return table(frm, __("Given"), counts);
	if (!dry_run.counts) return `<p class="text-muted">${__("A dry run counts what each rule would give.")}</p>`;
	return table(frm, __("Would be given"), dry_run.counts) + faults(dry_run);
}

function table(frm, title, counts) {
	const rules = frm.doc.rules.map((row) => row.rule);
	const found = Object.values(counts).flatMap((row) => Object.keys(row));
	const columns = [...new Set([...rules, ...found.filter(Boolean)])];
	const cells = (values, tag) => values.map((value) => `<${tag} class="text-right">${value}</${tag}>`).join("");
	const head = cells([...columns.map((rule) => escaped(__(rule))), __("Without")], "th");
	const body = Object.entries(counts)
		.map(([doctype, row]) => {
			const values = [...columns, ""].map((rule) => format_number(row[rule] || 0, null, 0));
			return `<tr><td>${escaped(__(doctype))}</td>${cells(values, "td")}</tr>`;
		})
		.join("");
	return `<h5>${title}</h5><div class="table-responsive"><table class="table table-bordered">
		<thead><tr><th>${__("Document Type")}</th>${head}</tr></thead><tbody>${body}</tbody></table></div>
		<p class="text-muted">${__("Of journal entries the rows are counted.")}</p>`;
}

function faults(dry_run) {
	if (!dry_run.number_of_faults) return "";
	const lines = dry_run.faults.map((line) => `<li>${escaped(line)}</li>`).join("");
	return `<h5>${__("{0} lines of the CSV file will not be followed", [dry_run.number_of_faults])}</h5><ul>${lines}</ul>`;
}

function escaped(text) {
	return frappe.utils.escape_html(text);
}
