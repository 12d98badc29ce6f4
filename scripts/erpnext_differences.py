"""Tests of ERPNext that have to go otherwise with the app, by DocType, test and state (off, on), and why."""

EXPECTED = {
	("Sales Order", "TestSalesOrder.test_update_child_qty_rate_with_workflow", "on"): (
		"test2@example.com reaches no branch, so he changes no order"
	),
	("Sales Order", "TestSalesOrder.test_warehouse_user", "on"): (
		"test2@example.com reaches no branch, so he sees no customer to make an order for"
	),
}
