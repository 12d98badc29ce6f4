(() => {
	const TAKE_OVER = "branch_crm.credit_control.api.take_over";
	const GROUP = __("Taking Over");

	frappe.ui.form.on("Credit Settings", {
		refresh(frm) {
			if (!frm.perm[0].write) return;
			frm.add_custom_button(__("Compare"), () => choose(compare), GROUP);
			frm.add_custom_button(__("Take Over"), () => choose(take_over), GROUP);
			frm.add_custom_button(__("Hand Back"), () => choose(hand_back), GROUP);
		},
	});

	function choose(act) {
		const field = {
			fieldname: "company",
			label: __("Company"),
			fieldtype: "Link",
			options: "Company",
			default: frappe.defaults.get_user_default("Company"),
			reqd: 1,
		};
		frappe.prompt([field], ({ company }) => act(company), GROUP);
	}

	async function compare(company) {
		const freeze = { freeze: true, freeze_message: __("Comparing …") };
		const { message: rows } = await frappe.call({ method: TAKE_OVER, args: { company, dry_run: 1 }, ...freeze });
		const currency = frappe.get_doc(":Company", company)?.default_currency;
		const say = (value) => frappe.utils.escape_html(value || "");
		const cell = (text) => `<td>${text}</td>`;
		const money = (amount) => `<td class="text-right text-nowrap">${say(format_currency(amount, currency))}</td>`;
		const line = ({ customer, limit, limit_of, stock, ours, why }) => [
			cell(say(customer)),
			limit_of ? money(limit) : cell(""),
			cell(say(limit_of && __(limit_of))),
			money(stock),
			money(ours),
			cell(why.map(say).join("<br>")),
		];
		const heads = [
			__("Customer"),
			__("Credit Limit"),
			__("Limit Of"),
			__("Owed by ERPNext's Check"),
			__("Owed Here"),
			__("Why They Differ"),
		];
		// what is to be thought about comes first
		rows.sort((one, other) => other.why.length - one.why.length || Boolean(other.limit_of) - Boolean(one.limit_of));
		const dialog = new frappe.ui.Dialog({ title: __("Before Taking Over"), size: "extra-large" });
		dialog.$body.html(`<div class="table-responsive"><table class="table table-sm credit-comparison">
			<thead><tr>${heads.map((head) => `<th>${head}</th>`).join("")}</tr></thead>
			<tbody>${rows.map((row) => `<tr>${line(row).join("")}</tr>`).join("")}</tbody></table></div>`);
		dialog.show();
	}

	function take_over(company) {
		const ask = __(
			"ERPNext's credit limits of {0} become Credit Profiles, and sales are judged by them from then on. Compare first.",
			[frappe.utils.escape_html(company).bold()]
		);
		frappe.confirm(ask, async () => {
			await frappe.xcall(TAKE_OVER, { company, dry_run: 0 });
			frappe.show_alert({ message: __("This goes on in the background."), indicator: "blue" });
		});
	}

	function hand_back(company) {
		const ask = __("ERPNext's credit limits of {0} judge again, as they were. Profiles stay and do not judge.", [
			frappe.utils.escape_html(company).bold(),
		]);
		frappe.confirm(ask, async () => {
			await frappe.xcall("branch_crm.credit_control.api.hand_back", { company });
			frappe.show_alert({ message: __("ERPNext's limits are back."), indicator: "green" });
		});
	}
})();
