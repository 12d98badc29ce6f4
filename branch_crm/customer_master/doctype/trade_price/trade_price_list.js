frappe.listview_settings["Trade Price"] = {
	hide_name_column: true,
	add_fields: ["branch", "discount_percentage", "discount_amount", "rate", "currency", "min_qty"],
	// a narrow screen shows two columns beside the first one
	formatters: {
		trade_type: (value, df, doc) => (doc.branch ? __("{0} in {1}", [value, doc.branch]) : value),
		rate_or_discount(value, df, doc) {
			const amount = (figure) => format_currency(figure, doc.currency);
			const price = {
				"Discount Percentage": __("{0} % off", [doc.discount_percentage]),
				"Discount Amount": __("{0} off", [amount(doc.discount_amount)]),
				Rate: amount(doc.rate),
			}[value];
			return doc.min_qty ? __("{0}, from {1}", [price, doc.min_qty]) : price;
		},
	},
};
