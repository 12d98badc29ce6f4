"""Templates of people who are limited write out values, and do nothing else."""

import pytest

from branch_crm.branch_access import template_rules

jinja2 = pytest.importorskip("jinja2")


def is_plain(text: str) -> bool:
	return template_rules.is_plain(jinja2.Environment().parse(text))


@pytest.mark.parametrize(
	"text",
	[
		"",
		"Payment Request for {0}, 100 % due { soon }",
		"Dear {{ customer }}, {{ doc.customer_name }} {# greeting #}",
		"{{ doc.get('po_no') }} {{ doc.get_formatted('grand_total', doc) }} {{ doc['name'] }}",
		"{% if doc.items %}{% for row in doc.items %}{{ row.idx }} {{ row.rate | round(2) }}{% endfor %}{% endif %}",
		"{% set total = doc.items | map(attribute='amount') | sum %}{{ total }}",
		"{{ _('Requesting payment against {0}').format(doc.name, doc.get_formatted('grand_total')) }}",
		"{{ frappe.utils.fmt_money(doc.total, currency=doc.currency) }} {{ frappe.format_date(doc.due_date) }}",
		"{{ frappe.utils.now_datetime().strftime('%d') }} {{ frappe.utils.add_days(doc.due_date, 3) }}",
		"{% for number in range(3) %}{{ loop.index }}{% endfor %}{{ doc.address.replace('\\n', ', ') | upper }}",
		"<a href='{{ payment_url }}'>{{ _('Pay') }}</a>",
		"See it at\nhttps://zq.example/terms.html",
	],
)
def test_values_are_written_out(text: str) -> None:
	assert is_plain(text) and not template_rules.is_path(text)


@pytest.mark.parametrize(
	"text",
	[
		"{{ frappe.get_all('Sales Invoice', fields=['*']) }}",
		"{{ frappe.db.sql('select 1') }}",
		"{{ frappe.session.csrf_token }}",
		"{{ frappe['session'] }}",
		"{{ args }}",
		"{% set f = frappe %}{{ f.get_all('User') }}",
		"{% set f = frappe.get_all %}{{ f('User') }}",
		"{{ frappe.utils.flt(frappe.get_all('User')) }}",
		"{{ frappe.utils.get_url().format(frappe) }}",
		"{{ frappe.format(1, {'fieldtype': 'Currency', 'options': 'Customer:name:tax_id'}, {'name': 'Zq'}) }}",
		"{% set _ = doc.update({'name': 'FOREIGN'}) %}{{ doc.reload() }}{{ doc.as_json() }}",
		"{% set _ = doc.reload %}{{ _() }}",
		"{% for _ in [doc.reload] %}{{ _() }}{% endfor %}",
		"{% with range = doc.reload %}{{ range() }}{% endwith %}",
		"{% macro call(frappe) %}{{ frappe.bold('x') }}{% endmacro %}",
		"{% call doc.reload() %}{% endcall %}",
		"{{ doc['reload']() }}",
		"{{ (doc.reload)() }}",
		"{{ doc.get_doc_before_save() }}",
		"{{ doc.run_method('submit') }}",
		"{{ doc.db_set('status', 'Paid') }}",
		"{{ doc.meta.get_field('x') }}",
		"{{ doc.__init__ }}",
		"{{ [].__class__ }}",
		"{{ []['__class__'] }}",
		"{{ doc | attr('reload') }}",
		"{{ [doc] | map('attr', 'reload') | list }}",
		"{{ doc | zq }}",
		"{% filter zq %}x{% endfilter %}",
		"{% if doc.reload() %}x{% endif %}",
		"{{ doc.get(doc.reload()) }}",
		"{{ get_doc('User') }}",
		"{{ as_json(doc) }}",
		"{% include 'templates/x.html' %}",
		"{% include doc.name %}",
		"{% import 'x.html' as x %}",
		"{% from 'x.html' import x %}",
		"{% extends 'x.html' %}",
	],
)
def test_nothing_else_is_done(text: str) -> None:
	assert not is_plain(text)


@pytest.mark.parametrize("text", ["templates/print_format/macros/HTML.html", " a.txt ", "erpnext/hooks.py"])
def test_what_frappe_takes_for_a_path_is_none(text: str) -> None:
	assert template_rules.is_path(text)
