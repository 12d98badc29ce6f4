"""A customer who is also a supplier."""

import frappe
import pytest

from branch_crm.customer_master.cash_queries import cash_customer
from branch_crm.party_netting import link_queries
from branch_crm.party_netting.link_events import PartyLinkError
from tests.site import goods, masters, netting
from tests.site.company import as_user, make_contact, make_customer, make_tree, make_user, switch_on
from tests.site.netting import RAM


def _said(doctype: str, name: str) -> tuple:
	mirror = link_queries.MIRRORS[doctype]
	return frappe.db.get_value(doctype, name, (mirror.tick, mirror.field))


def _link(primary: tuple[str, str], secondary: tuple[str, str]) -> object:
	values = {"primary_role": primary[0], "primary_party": primary[1]}
	values |= {"secondary_role": secondary[0], "secondary_party": secondary[1]}
	return frappe.get_doc({"doctype": "Party Link", **values}).insert()


def test_a_tick_with_a_supplier_is_kept_as_party_link_and_shown_on_both() -> None:
	netting.pair()
	assert _said("Customer", RAM) == _said("Supplier", RAM) == (1, RAM)
	(link,) = link_queries.links_of("Customer", RAM)
	assert frappe.get_doc("Party Link", link.name).secondary_role == "Supplier"


def test_a_supplier_ticks_as_well() -> None:
	make_customer(RAM)
	supplier = goods.make_supplier(RAM)
	supplier.update({"is_also_customer": 1, "linked_customer": RAM})
	supplier.save()
	assert _said("Customer", RAM) == _said("Supplier", RAM) == (1, RAM)


def test_a_link_made_in_erpnexts_menu_appears_by_itself_and_goes_by_itself() -> None:
	make_customer(RAM)
	goods.make_supplier(RAM)
	link = _link(("Supplier", RAM), ("Customer", RAM))
	assert _said("Customer", RAM) == _said("Supplier", RAM) == (1, RAM)
	link.delete()
	assert _said("Customer", RAM) == _said("Supplier", RAM) == (0, None)


def test_links_from_before_the_app_appear_and_nobody_counts_as_changed() -> None:
	netting.pair()
	before = frappe.db.get_value("Customer", RAM, "modified")
	for doctype, mirror in link_queries.MIRRORS.items():
		frappe.db.set_value(doctype, RAM, {mirror.tick: 0, mirror.field: None}, update_modified=False)
	link_queries.mirror_all()
	assert _said("Customer", RAM) == _said("Supplier", RAM) == (1, RAM)
	assert frappe.db.get_value("Customer", RAM, "modified") == before


def test_a_form_opened_before_the_link_does_not_take_it_away() -> None:
	customer = make_customer(RAM)
	stale = frappe.get_doc("Customer", RAM)
	supplier = goods.make_supplier(RAM)
	supplier.update({"is_also_customer": 1, "linked_customer": customer.name})
	supplier.save()
	with pytest.raises(frappe.TimestampMismatchError):
		stale.save()
	assert _said("Customer", RAM) == (1, RAM)


def test_taking_the_tick_away_ends_the_link_on_both() -> None:
	netting.pair()
	customer = frappe.get_doc("Customer", RAM)
	customer.is_also_supplier = 0
	customer.save()
	assert _said("Customer", RAM) == _said("Supplier", RAM) == (0, None)
	assert link_queries.links_of("Customer", RAM) == []
	# and can be saved again
	customer.save()


def test_another_supplier_takes_the_place_of_the_first() -> None:
	netting.pair()
	other = goods.make_supplier("Zq Other").name
	customer = frappe.get_doc("Customer", RAM)
	customer.linked_supplier = other
	customer.save()
	assert _said("Customer", RAM) == (1, other)
	assert _said("Supplier", RAM) == (0, None)
	assert _said("Supplier", other) == (1, RAM)


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("side", ["Customer", "Supplier"])
def test_a_party_is_linked_once_whichever_way_round(side: str, turned: bool) -> None:
	netting.pair()
	if side == "Customer":
		parties = [("Customer", make_customer("Zq Second").name), ("Supplier", RAM)]
	else:
		parties = [("Customer", RAM), ("Supplier", goods.make_supplier("Zq Second").name)]
	with pytest.raises(frappe.ValidationError):
		_link(*(reversed(parties) if turned else parties))


def test_cash_is_nobodys_supplier() -> None:
	supplier = goods.make_supplier("Zq Cash Seller")
	with pytest.raises(PartyLinkError):
		_link(("Customer", cash_customer()), ("Supplier", supplier.name))


def test_without_a_choice_the_supplier_is_made_of_the_customer() -> None:
	make_tree()
	customer = make_customer(RAM, "Delhi", "Mumbai")
	customer.update({"customer_type": "Individual", "country": "Germany", "tax_id": "DE136695976"})
	customer.update({"default_currency": "EUR", "payment_terms": _terms()})
	customer.save()
	link = ("Customer", RAM)
	contact, address = make_contact("Zq Person", link).name, masters.make_address("Zq Place", link)
	frappe.get_doc({"doctype": "Bank", "bank_name": "Zq Bank"}).insert()
	account = {"doctype": "Bank Account", "account_name": RAM, "bank": "Zq Bank", "party": RAM}
	account |= {"party_type": "Customer", "iban": "DE89370400440532013000"}
	frappe.get_doc(account).insert()
	customer.reload()
	customer.update({"customer_primary_contact": contact, "customer_primary_address": address})
	customer.is_also_supplier = 1
	customer.save()
	assert customer.linked_supplier == RAM
	supplier = frappe.get_doc("Supplier", RAM)
	assert supplier.is_also_customer and supplier.linked_customer == RAM
	assert (supplier.supplier_name, supplier.supplier_type) == (RAM, "Individual")
	assert (supplier.country, supplier.tax_id) == ("Germany", "DE136695976")
	assert (supplier.default_currency, supplier.payment_terms) == ("EUR", customer.payment_terms)
	assert [(row.branch, row.is_primary) for row in supplier.branches] == [("Delhi", 1), ("Mumbai", 0)]
	assert (supplier.supplier_primary_contact, supplier.supplier_primary_address) == (contact, address)
	for kind, name in {"Contact": contact, "Address": address}.items():
		links = {(row.link_doctype, row.link_name) for row in frappe.get_doc(kind, name).links}
		assert links >= {link, ("Supplier", RAM)}
	(account,) = frappe.get_all("Bank Account", {"party_type": "Supplier", "party": RAM}, ["bank", "iban"])
	assert account.iban == "DE89370400440532013000"


def test_a_customer_is_made_of_a_supplier() -> None:
	supplier = goods.make_supplier(RAM)
	supplier.is_also_customer = 1
	supplier.save()
	customer = frappe.get_doc("Customer", supplier.linked_customer)
	assert (customer.customer_name, customer.linked_supplier) == (RAM, RAM)
	assert customer.customer_code


def test_a_new_customer_may_be_both_at_once() -> None:
	customer = frappe.get_doc({"doctype": "Customer", "customer_name": RAM, "is_also_supplier": 1}).insert()
	assert frappe.db.get_value("Supplier", customer.linked_supplier, "linked_customer") == RAM


def test_where_a_supplier_of_the_name_is_there_it_has_to_be_chosen() -> None:
	goods.make_supplier(RAM)
	customer = make_customer(RAM)
	customer.is_also_supplier = 1
	with pytest.raises(frappe.DuplicateEntryError):
		customer.save()


def test_who_may_not_change_the_supplier_does_not_link_it() -> None:
	make_customer(RAM)
	goods.make_supplier(RAM)
	user = make_user("zq-seller", roles=("Sales User", "Sales Master Manager", "Branch Head Office"))
	with as_user(user):
		for supplier in (RAM, None):
			frappe.db.savepoint("unlinked")
			customer = frappe.get_doc("Customer", RAM)
			customer.update({"is_also_supplier": 1, "linked_supplier": supplier})
			with pytest.raises(frappe.PermissionError):
				customer.save()
			frappe.db.rollback(save_point="unlinked")


def test_a_supplier_of_another_branch_is_not_linked() -> None:
	make_tree()
	make_customer(RAM, "Delhi")
	goods.make_supplier("Zq Far", "Mumbai")
	user = make_user("zq-delhi", "Delhi", roles=netting.ACCOUNTS)
	switch_on()
	with as_user(user):
		customer = frappe.get_doc("Customer", RAM)
		customer.update({"is_also_supplier": 1, "linked_supplier": "Zq Far"})
		with pytest.raises((frappe.PermissionError, frappe.ValidationError)):
			customer.save()


def test_of_several_branches_the_new_supplier_gets_those_that_are_reached() -> None:
	make_tree()
	make_customer(RAM, "Delhi", "Mumbai")
	user = make_user("zq-delhi", "Delhi", roles=netting.ACCOUNTS)
	switch_on()
	with as_user(user):
		customer = frappe.get_doc("Customer", RAM)
		customer.is_also_supplier = 1
		customer.save()
	supplier = frappe.get_doc("Supplier", customer.linked_supplier)
	assert [row.branch for row in supplier.branches] == ["Delhi"]


def test_a_renamed_party_stays_linked() -> None:
	netting.pair()
	frappe.rename_doc("Supplier", RAM, "Zq Renamed", force=True, show_alert=False)
	assert _said("Customer", RAM) == (1, "Zq Renamed")
	assert _said("Supplier", "Zq Renamed") == (1, RAM)


def test_the_link_is_not_ended_while_they_settle_by_it() -> None:
	netting.pair()
	agreement = netting.agree()
	customer = frappe.get_doc("Customer", RAM)
	customer.is_also_supplier = 0
	frappe.db.savepoint("unlinked")
	with pytest.raises(PartyLinkError):
		customer.save()
	frappe.db.rollback(save_point="unlinked")
	agreement.update({"ended": 1})
	agreement.save()
	customer.reload()
	customer.is_also_supplier = 0
	customer.save()
	assert _said("Supplier", RAM) == (0, None)


def _terms() -> str:
	term = {
		"doctype": "Payment Term",
		"payment_term_name": "Zq 30",
		"invoice_portion": 100,
		"credit_days": 30,
	}
	frappe.get_doc(term).insert()
	rows = [{"payment_term": "Zq 30", "invoice_portion": 100, "credit_days": 30}]
	template = {"doctype": "Payment Terms Template", "template_name": "Zq 30", "terms": rows}
	return frappe.get_doc(template).insert().name


def test_of_several_links_of_one_supplier_the_first_counts() -> None:
	for name in (RAM, "Zq Second"):
		make_customer(name)
	goods.make_supplier(RAM)
	links = [(("Customer", RAM), ("Supplier", RAM)), (("Customer", "Zq Second"), ("Supplier", RAM))]
	for (_role, primary), (_other, secondary) in links:
		# as ERPNext lets it pass
		said = {"primary_role": "Customer", "primary_party": primary, "secondary_role": "Supplier"}
		frappe.get_doc({"doctype": "Party Link", **said, "secondary_party": secondary}).db_insert()
	assert link_queries.other_party("Customer", RAM) == RAM
	assert link_queries.other_party("Supplier", RAM) == RAM
	assert link_queries.other_party("Customer", "Zq Second") is None


def test_a_link_by_which_they_settle_does_not_become_another_one() -> None:
	netting.pair()
	make_customer("Zq Other")
	goods.make_supplier("Zq Other")
	agreement = netting.agree()
	(found,) = link_queries.links_of("Customer", RAM)
	link = frappe.get_doc("Party Link", found.name)
	link.update({"primary_party": "Zq Other", "secondary_party": "Zq Other"})
	with pytest.raises(PartyLinkError, match="settle by a Netting Agreement"):
		link.save()
	agreement.ended = 1
	agreement.save()
