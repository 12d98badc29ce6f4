import os
from collections.abc import Iterator

import pymysql
import pytest

TABLES = """
create table `tabCustomer` (
	name varchar(140) primary key, owner varchar(140), modified datetime(6), is_unassigned int(1) not null default 1,
	key (modified), key (is_unassigned)
);
create table `tabContact` (name varchar(140) primary key, owner varchar(140), modified datetime(6), key (modified));
create table `tabBranch Assignment` (
	name varchar(140) primary key, parent varchar(140), parenttype varchar(140), branch varchar(140),
	sales_owner varchar(140), support_owner varchar(140), from_date date, to_date date,
	key master_branch (parent, parenttype, branch, from_date, to_date),
	key branch_masters (branch, parenttype, parent, from_date, to_date)
);
create table `tabJournal Entry` (name varchar(140) primary key, modified datetime(6), key (modified));
create table `tabJournal Entry Account` (
	name varchar(140) primary key, parent varchar(140), parenttype varchar(140), branch varchar(140),
	key (parent), key branch_parent (branch, parent)
);
create table `tabDynamic Link` (
	name varchar(140) primary key, parent varchar(140), parenttype varchar(140), link_doctype varchar(140),
	link_name varchar(140), key (parent), key (link_doctype, link_name)
);
create table `tabDelivery Trip` (
	name varchar(140) primary key, customer varchar(140), party_type varchar(140), party varchar(140)
);
create table `tabCredit Exposure` (
	name varchar(140) primary key, creation datetime(6), modified datetime(6), company varchar(140),
	party_type varchar(140), party varchar(140), branch varchar(140),
	exposure decimal(21,9) not null default 0, receivable decimal(21,9) not null default 0,
	advances decimal(21,9) not null default 0, orders decimal(21,9) not null default 0,
	deliveries decimal(21,9) not null default 0, till_sales decimal(21,9) not null default 0,
	payables decimal(21,9) not null default 0, key (party)
);
create table `tabExposure Entry` (
	name varchar(140) primary key, creation datetime(6), modified datetime(6), voucher_type varchar(140),
	voucher_no varchar(140), component varchar(140), company varchar(140), customer varchar(140), branch varchar(140),
	amount decimal(21,9) not null default 0, counted decimal(21,9) not null default 0,
	is_pending int(1) not null default 0, key (voucher_no), key (customer), key (is_pending)
);
create table `tabDelivery Stop` (
	name varchar(140) primary key, parent varchar(140), parenttype varchar(140), customer varchar(140),
	party_type varchar(140), party varchar(140), key (parent)
);
"""


@pytest.fixture(scope="session")
def connection() -> Iterator[pymysql.Connection]:
	"""A connection to a scratch database with the columns that the statements name."""
	missing = [
		name for name in ("HOST", "PORT", "USER", "PASSWORD") if f"BRANCH_CRM_DB_{name}" not in os.environ
	]
	if missing:
		pytest.exit(f"The database tier needs BRANCH_CRM_DB_{missing[0]}; `make test` sets it.", returncode=1)
	opened = pymysql.connect(
		host=os.environ["BRANCH_CRM_DB_HOST"],
		port=int(os.environ["BRANCH_CRM_DB_PORT"]),
		user=os.environ["BRANCH_CRM_DB_USER"],
		password=os.environ["BRANCH_CRM_DB_PASSWORD"],
		charset="utf8mb4",
		autocommit=True,
	)
	schema = f"branch_crm_test_{os.getpid()}"
	try:
		with opened.cursor() as cursor:
			# of a run that was killed and had this one's process id
			cursor.execute(f"drop database if exists `{schema}`")
			cursor.execute(f"create database `{schema}` character set utf8mb4 collate utf8mb4_unicode_ci")
			cursor.execute(f"use `{schema}`")
			for statement in filter(str.strip, TABLES.split(";\n")):
				cursor.execute(statement)
		yield opened
	finally:
		with opened.cursor() as cursor:
			cursor.execute(f"drop database if exists `{schema}`")
		opened.close()
