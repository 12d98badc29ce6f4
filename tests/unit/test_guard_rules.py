import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_crm.branch_access import guard_rules
from branch_crm.branch_access.argument_rules import Malformed
from branch_crm.branch_access.guard_rules import Catalogue, Named

JUDGED = {"Customer", "Supplier", "Sales Order", "Sales Order Item", "Communication"}
KEYS = {"customer": "Customer", "customers": "Customer", "supplier": "Supplier", "sales_order": "Sales Order"}
LINKS = {
	"Sales Order": {"customer": "Customer", "supplier_of_drop_shipment": "Supplier"},
	"Payment Entry": {"party": "party_type"},
	"Sales Order Item": {"sales_order_of_row": "Sales Order"},
	"Clearance Row": {"party": "kind"},
	"Cleared": {"sales_order": "kind"},
}
MINE = {"doctype": "Sales Order", "name": "SO-1"}


def catalogue(own: str | None = None, takes: tuple[str, ...] = (), **declared: str | None) -> Catalogue:
	own_keys = guard_rules.own_keys(takes)
	return Catalogue(
		JUDGED.__contains__,
		KEYS,
		lambda doctype: LINKS.get(doctype, {}),
		tables,
		*(own, own_keys, declared),
		texts=lambda doctype: {"Payment Entry": {"party_name"}, "Digest": {"customer"}}.get(doctype, ()),
		is_numbered=lambda doctype: doctype == "Communication",
	)


def tables(doctype: str) -> dict[str, str]:
	return {"Clearance": {"rows": "Clearance Row"}, "Sales Order": {"items": "Sales Order Item"}}.get(
		doctype, {}
	)


def named(
	arguments: dict,
	own: str | None = None,
	with_links: bool = True,
	takes: tuple[str, ...] = (),
	**declared: str | None,
) -> set[Named]:
	return set(guard_rules.named_documents(arguments, catalogue(own, takes, **declared), with_links))


@pytest.mark.parametrize(
	("arguments", "documents"),
	[
		({"doctype": "Customer", "name": "A"}, {("Customer", "A")}),
		({"doctype": "Customer", "docname": "A", "fieldname": "B"}, {("Customer", "A")}),
		({"doctype": "Customer", "names": '["A", "B"]'}, {("Customer", "A"), ("Customer", "B")}),
		({"doctype": "Customer", "docnames": ["A"]}, {("Customer", "A")}),
		({"doctype": "Customer", "items": '["A"]'}, {("Customer", "A")}),
		({"doctype": "Item", "name": "A"}, set()),
		({"doctype": "Customer"}, set()),
		({"doctype": "Customer", "name": None}, set()),
		({"doctype": {"Customer": ["A"], "Item": ["B"]}, "name": "x"}, {("Customer", "A")}),
		({"doctype": '{"Customer": ["A"], "Supplier": "B"}'}, {("Customer", "A"), ("Supplier", "B")}),
		({"anything": {"Customer": '["A"]'}}, {("Customer", "A")}),
		({"anything": {"Customer": {"fieldname": ["A"]}, "Supplier": [{"fieldname": "B"}]}}, set()),
		({"doctype": "Customer", "export_fields": {"Customer": ["customer_name"]}}, set()),
		({"doctype": "Customer", "select_columns": '{"Customer": ["customer_name"]}'}, set()),
		({"dt": "Customer", "dn": "A"}, {("Customer", "A")}),
		({"dt": "Customer", "docs": '["A"]'}, {("Customer", "A")}),
		({"reference_doctype": "Customer", "reference_name": "A"}, {("Customer", "A")}),
		({"ref_doctype": "Customer", "ref_docname": "A"}, {("Customer", "A")}),
		({"ref_doctype": "Customer", "docname": "A"}, {("Customer", "A")}),
		({"attached_to_doctype": "Customer", "attached_to_name": "A"}, {("Customer", "A")}),
		({"party_type": "Customer", "party": "A"}, {("Customer", "A")}),
		({"ptype": "Customer", "pty": "A"}, {("Customer", "A")}),
		({"voucher_type": "Sales Order", "voucher_no": "A"}, {("Sales Order", "A")}),
		({"reminder_doctype": "Customer", "reminder_docname": "A"}, {("Customer", "A")}),
		({"doctype": "Customer", "old": "A"}, {("Customer", "A")}),
		({"parenttype": "Sales Order", "parent": "A"}, {("Sales Order", "A")}),
		({"customer": "A"}, {("Customer", "A")}),
		({"customers": '["A", "B"]'}, {("Customer", "A"), ("Customer", "B")}),
		({"args": '{"customer": "A"}'}, {("Customer", "A")}),
		({"args": {"party_type": "Supplier", "party": "A"}}, {("Supplier", "A")}),
		({"filters": '{"customer": ["in", ["A"]]}'}, {("Customer", "A")}),
		({"filters": '{"customer": ["like", "%A%"]}'}, set()),
		({"rows": '[{"customer": "A"}, {"sales_order": "B"}]'}, {("Customer", "A"), ("Sales Order", "B")}),
		({"text": "{no json", "customer": ""}, set()),
	],
)
def test_pairs_and_keys_name_documents(arguments: dict, documents: set[tuple[str, str]]) -> None:
	assert {(one.doctype, one.name) for one in named(arguments)} == documents


@pytest.mark.parametrize("kind", [0, False, ["=", "Customer"], ["like", "Cust%"]])
def test_nothing_but_a_text_says_of_which_doctype_a_name_is(kind: object) -> None:
	with pytest.raises(Malformed):
		named({"args": {"party_type": kind, "party": "A"}})
	with pytest.raises(Malformed):
		named({"party_type": kind, "party": "A"}, party="=party_type")
	assert named({"filters": {"party_type": kind}}) == set()


def test_a_method_of_a_module_names_its_own_documents() -> None:
	for key in ("name", "docname", "source_name"):
		assert named({key: "A"}, own="Customer") == {Named("Customer", "A")}
	assert named({"names": '["A"]'}, own="Customer") == {Named("Customer", "A")}
	both = {"doctype": "Sales Order", "name": "A"}
	assert named(both, own="Customer", takes=("doctype", "name")) == {Named("Sales Order", "A")}
	# what the method does not take says nothing of what it takes
	assert Named("Customer", "A") in named(both, own="Customer", takes=("name",))
	of = {"ref_doctype": "Sales Order", "docname": "A"}
	assert named(of, own="Customer", takes=("ref_doctype", "docname")) == {Named("Sales Order", "A")}


def test_what_is_declared_goes_before_what_a_name_says() -> None:
	assert named({"rfq": "A"}, rfq="Supplier") == {Named("Supplier", "A")}
	assert named({"doctype": "Customer", "docname": "A", "name": "B"}, name=None) == {Named("Customer", "A")}
	assert named({"kind": "Customer", "rows": '[{"name": "A"}]'}, rows="=kind") == {Named("Customer", "A")}
	rows = {"kind": "Sales Order", "rows": [{"docname": "A"}, {}]}
	assert named(rows, **{"rows.docname": "=kind Item"}) == {Named("Sales Order Item", "A")}
	assert named({"filters": '{"parent": "A"}'}, **{"filters.parent": "Customer"}) == {Named("Customer", "A")}
	assert named({"args": '{"mail": "A"}'}, **{"args.mail": "Customer"}) == {Named("Customer", "A")}
	deep = {"args": '{"rows": [{"of": "A"}, {"of": "B"}, 1]}'}
	assert named(deep, **{"args.rows.of": "Customer"}) == {Named("Customer", "A"), Named("Customer", "B")}


def test_what_a_declared_argument_is_without_another() -> None:
	for sent, doctype in ({}, "Customer"), ({"kind": "Sales Order"}, "Sales Order"):
		assert named({"of": "A", **sent}, of="=kind or Customer") == {Named(doctype, "A")}


@pytest.mark.parametrize("wrap", [lambda doc: doc, json.dumps], ids=["as it is", "as text"])
def test_a_document_that_is_sent_is_named_with_its_links(wrap: object) -> None:
	sent = {
		**MINE,
		"customer": "A",
		"items": [{"doctype": "Sales Order Item", "name": "row", "sales_order_of_row": "B"}],
	}
	for row in sent["items"]:
		row.update(parent="SO-1", parenttype="Sales Order")
	within = ("Sales Order", "SO-1")
	assert named({"doc": wrap(sent)}) == {
		Named("Sales Order", "SO-1"),
		Named("Customer", "A", within=within),
		Named("Sales Order Item", "row", may_be_missing=True),
		Named("Sales Order", "B", within=within),
	}
	assert not any(one.within for one in named({"doc": wrap(sent)}, with_links=False))


def test_a_document_that_is_sent_by_docname_is_named() -> None:
	assert named({"args": {"doctype": "Customer", "docname": "A"}}) == {Named("Customer", "A")}
	assert named({"docs": [{"doctype": "Customer", "docname": "A"}]}) == {Named("Customer", "A")}
	for name in ("A", None):
		both = {"doctype": "Customer", "name": name, "docname": "B"}
		assert Named("Customer", "B") in named({"args": both})


def test_what_is_not_stored_yet_may_be_missing_where_it_is_saved() -> None:
	unsaved = {"doc": {"doctype": "Sales Order", "name": "new-sales-order-1"}}
	assert named(unsaved) == {Named("Sales Order", "new-sales-order-1", may_be_missing=True)}
	new = {"doc": {"doctype": "Sales Order", "name": "A", "__islocal": 1}}
	for saves in (True, False):
		(found,) = guard_rules.named_documents(new, replace(catalogue(), saves=saves))
		assert (found.name, found.may_be_missing) == ("A", saves)
	assert named({"doctype": "Customer", "old": "A", "new": "B"}) == {Named("Customer", "A")}


def test_a_text_beside_a_kind_is_no_name_of_it() -> None:
	party = {"party_type": "Customer", "party": "A", "party_name": "Mr A"}
	sent = {"doctype": "Payment Entry", "name": "P", **party}
	assert named({"doc": sent}) == {Named("Customer", "A", within=("Payment Entry", "P"))}
	assert named({"party_type": "Customer", "party_name": "A"}) == {Named("Customer", "A")}


def test_a_text_or_box_called_after_a_doctype_may_hold_a_name_and_is_no_number() -> None:
	assert named({"doc": {"doctype": "Digest", "customer": "A"}}) == {Named("Customer", "A")}
	assert named({"doc": {"doctype": "Digest", "customer": 1}}) == set()
	with pytest.raises(Malformed):
		named({"doc": {"doctype": "Else", "customer": 1}})


def test_where_documents_are_numbered_a_number_is_a_name() -> None:
	assert named({"doc": {"doctype": "Communication", "name": 5}}) == {Named("Communication", "5")}
	assert named({"doctype": "Communication", "docname": 5}) == {Named("Communication", "5")}
	for name in (0, -1, False, True, 1.5):
		with pytest.raises(Malformed):
			named({"doc": {"doctype": "Communication", "name": name}})


@pytest.mark.parametrize("name", ["new-customer-x' or 1=1", "new-customer x", "new-supplier-abc"])
def test_only_what_the_desk_calls_so_is_not_stored_yet(name: str) -> None:
	assert named({"doctype": "Customer", "name": name}) == {Named("Customer", name)}


def test_a_dynamic_link_leads_where_its_document_says() -> None:
	sent = {"doctype": "Payment Entry", "name": "P", "party_type": "Customer", "party": "A"}
	assert named({"doc": sent}) == {Named("Customer", "A", within=("Payment Entry", "P"))}


@pytest.mark.parametrize("kind", ["Customer", "Sales Order", "else", None])
def test_a_dynamic_link_may_be_called_after_another_doctype(kind: str | None) -> None:
	sent = {"doctype": "Cleared", "name": "C", "kind": kind, "sales_order": "A"}
	doctype = "Customer" if kind == "Customer" else "Sales Order"
	assert named({"doc": sent}) == {Named(doctype, "A", within=("Cleared", "C"))}


@pytest.mark.parametrize(
	"name", [{"parent": "A"}, [["name", "=", "A"]], [["A"]], 7, 0, 1.5, False, True, [0]]
)
def test_conditions_are_no_names(name: object) -> None:
	with pytest.raises(Malformed):
		named({"doctype": "Customer", "name": name})


@pytest.mark.parametrize("value", [["like", "%"], ["!=", "A"], {"name": ["like", "%"]}, {}])
def test_conditions_in_an_argument_called_after_its_doctype_are_no_name(value: object) -> None:
	with pytest.raises(Malformed):
		named({"customer": value})


@pytest.mark.parametrize("value", [["like", "%"], {"name": "A"}])
def test_conditions_in_filters_name_what_they_equal(value: object) -> None:
	assert named({"filters": {"customer": value}}) == set()


@pytest.mark.parametrize("value", [["in", ["A"]], ["=", "A"], ["A"], {"doctype": "Customer", "name": "A"}])
def test_names_may_come_in_a_list_or_with_the_whole_document(value: object) -> None:
	assert {one.name for one in named({"customer": value})} >= {"A"}


def test_what_is_wrapped_too_deep_is_refused() -> None:
	wrapped: dict = {"customer": "A"}
	for _ in range(30):
		wrapped = {"args": wrapped}
	with pytest.raises(Malformed):
		named(wrapped)


VALUES = st.recursive(
	st.none()
	| st.booleans()
	| st.integers()
	| st.text(max_size=8)
	| st.sampled_from(["Customer", "Sales Order", "["]),
	lambda inner: (
		st.lists(inner, max_size=2)
		| st.dictionaries(
			st.sampled_from(["doctype", "name", "customer", "doc", "items", "party_type", "party"]), inner
		)
	),
	max_leaves=12,
)


@given(
	st.dictionaries(
		st.sampled_from(["doctype", "name", "args", "doc", "customer", "docs", "filters"]), VALUES
	)
)
def test_whatever_is_sent_is_read_or_malformed(arguments: dict) -> None:
	try:
		found = named(arguments, own="Customer")
	except Malformed:
		return
	assert all(one.doctype in JUDGED and isinstance(one.name, str) for one in found)


@given(st.text(min_size=1).filter(lambda name: not name.lstrip().startswith(("[", "{"))))
def test_a_name_is_found_however_it_is_written(name: str) -> None:
	assert {one.name for one in named({"args": json.dumps({"doctype": "Item", "customer": name})})} == {name}


CONDITIONS = ([["grand_total", ">", 0]], [{"email_id": ["like", "%"]}], {"customer_name": "A"})


@pytest.mark.parametrize(
	("key", "value"),
	[
		*((key, value) for key in ("customer", "names", "docs") for value in CONDITIONS),
		*((key, value) for key in ("names", "docs") for value in ([True], [{"name": ["like", "%"]}])),
		("customer", ["like", "%"]),
	],
)
def test_no_list_of_conditions_stands_for_a_name(key: str, value: object) -> None:
	with pytest.raises(Malformed):
		named({"doctype": "Customer", key: value})


def test_a_row_is_of_its_table_also_where_it_does_not_say_so() -> None:
	sent = {"doctype": "Clearance", "rows": [{"kind": "Customer", "party": "A"}]}
	assert Named("Customer", "A") in {replace(one, within=None) for one in named({"docs": sent})}


def test_a_row_that_is_new_may_bring_its_name() -> None:
	sent = {"doctype": "Sales Order", "name": "S", "items": [{"name": "row", "parentfield": "x"}]}
	found = {(one.name, one.may_be_missing) for one in named({"docs": sent})}
	assert found == {("S", False), ("row", True)}
