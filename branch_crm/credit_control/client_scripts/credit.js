// Loaded with each form that shows how a customer stands; what is registered twice would run twice.
frappe.provide("branch_crm");

if (!branch_crm.credit) {
	const COLORS = { off: "green", warn: "orange", hold: "red", block: "red" };
	const COMPONENTS = {
		receivable: __("Receivable"),
		advances: __("Advances"),
		orders: __("Orders Not Billed"),
		deliveries: __("Deliveries Not Billed"),
		till_sales: __("Till Sales"),
		payables: __("Netted Payables"),
		other_branches: __("Other Branches"),
	};
	const VERDICTS = {
		off: __("May Buy"),
		warn: __("May Buy, with a Warning"),
		hold: __("On Hold"),
		block: __("Blocked"),
	};

	branch_crm.credit = { ask, money, html_of, headline_of, show_documents };

	function ask(customer, company, branch) {
		if (!customer || !company || !frappe.model.can_read("Customer")) return null;
		return frappe.xcall("branch_crm.credit_control.api.customer_credit", { customer, company, branch });
	}

	function money(amount, currency) {
		return frappe.utils.escape_html(format_currency(amount, currency));
	}

	function cell(label, value, more = "") {
		return `<div class="mr-5 mb-2 text-nowrap" ${more}><div class="text-muted small">${label}</div><b>${value}</b></div>`;
	}

	function html_of(found, company) {
		const say = (amount) => money(amount, found.currency);
		const yes = (tick) => (tick ? __("Yes") : __("No"));
		const none = __("No Limit");
		const group = [
			[__("Credit Limit"), found.available === null && !found.limit ? none : say(found.limit)],
			[__("Available Limit"), found.available === null ? none : say(found.available)],
			[__("Check Credit Limit"), yes(found.check_credit)],
			[__("Stop Sales"), yes(found.check_credit && found.stop_sales)],
			[__("Oldest Overdue"), found.oldest_overdue_days ? __("{0} days", [found.oldest_overdue_days]) : "–"],
		];
		if (found.returned_cheques) group.push([__("Returned Cheques"), found.returned_cheques]);
		const parts = Object.entries(found.components).filter(([, amount]) => amount);
		const owed = parts.map(([component, amount]) => {
			const label = COMPONENTS[component];
			const is_list = component !== "other_branches";
			const link = `<a class="credit-component" data-component="${component}">${say(amount)}</a>`;
			return cell(label, is_list ? link : say(amount));
		});
		return `<div class="credit-position">
			<div class="mb-2"><span class="indicator-pill ${COLORS[found.verdict]}">${VERDICTS[found.verdict]}</span>
				<span class="text-muted small">${frappe.utils.escape_html(company)}</span></div>
			<div class="d-flex flex-wrap">${group.map(([label, value]) => cell(label, value)).join("")}</div>
			<div class="d-flex flex-wrap">${cell(__("Exposure"), say(found.exposure))}${owed.join("")}</div>
			${reasons_of(found)}
		</div>`;
	}

	function reasons_of(found) {
		if (found.sales_blocked) {
			return `<p class="small">${frappe.utils.escape_html(found.blocked_reason || "")}</p>`;
		}
		return found.rules.map((rule) => `<p class="small">${reason_of(rule, found)}</p>`).join("");
	}

	function reason_of(rule, found) {
		const name = rule.name ? ` (${frappe.utils.escape_html(rule.name)})` : "";
		return __("{0}: {1} of {2} used", [
			`${__(rule.rule)}${name}`,
			money(rule.stands_at, found.currency),
			money(rule.limit, found.currency),
		]);
	}

	function headline_of(found) {
		if (found.available === null && !found.rules.length && !found.oldest_overdue_days) return "";
		const said = [];
		if (found.available !== null) {
			said.push(
				__("Available {0} of {1}", [money(found.available, found.currency), money(found.limit, found.currency)])
			);
		}
		if (found.oldest_overdue_days) said.push(__("oldest overdue {0} days", [found.oldest_overdue_days]));
		if (found.rules.length) said.push(VERDICTS[found.verdict]);
		return said.join(" · ");
	}

	async function show_documents(customer, company, component, currency) {
		const asked = { customer, company, component };
		const { documents, other_branches } = await frappe.xcall("branch_crm.credit_control.api.component_documents", asked);
		const rows = documents.map(({ voucher_type, voucher_no, branch, amount }) => [
			frappe.utils.get_form_link(voucher_type, voucher_no, true, voucher_no),
			__(voucher_type),
			frappe.utils.escape_html(branch || ""),
			money(amount, currency),
		]);
		if (other_branches) rows.push([__("Other Branches"), "", "", money(other_branches, currency)]);
		const lines = rows.map(
			([name, kind, branch, amount]) =>
				`<tr><td>${name}</td><td>${kind}</td><td>${branch}</td><td class="text-right">${amount}</td></tr>`
		);
		const heads = [__("Document"), __("Type"), __("Branch"), __("Amount")];
		const head = heads.map((label, at) => `<th class="${at === 3 ? "text-right" : ""}">${label}</th>`).join("");
		frappe.msgprint({
			title: COMPONENTS[component],
			wide: true,
			message: `<div class="table-responsive"><table class="table table-sm credit-documents">
				<thead><tr>${head}</tr></thead><tbody>${lines.join("")}</tbody></table></div>`,
		});
	}
}
