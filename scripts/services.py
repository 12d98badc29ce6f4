"""Private MariaDB and Redis instances, started where none is reachable and ended with the command."""

from __future__ import annotations

import getpass
import json
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from scripts.places import cache, folder
from scripts.process import Background, background, environment, quiet, tail
from scripts.say import Stop, note, step
from scripts.system import needed

START_SECONDS = 60
LONGEST_SOCKET_PATH = 100
HOST = "127.0.0.1"


@dataclass(frozen=True)
class Database:
	"""A MariaDB server and a login that may create databases."""

	host: str
	port: int
	user: str
	password: str

	def client(self, name: str = "mariadb") -> list[str]:
		address = [f"--host={self.host}", f"--port={self.port}", "--protocol=tcp"]
		return [needed(name), "--no-defaults", *address, f"--user={self.user}"]

	def environment(self) -> dict[str, str]:
		return environment(MYSQL_PWD=self.password)

	def query(self, sql: str) -> str:
		"""Runs statements and returns the rows; raises Stop with the server's message."""
		result = subprocess.run(
			[*self.client(), "--batch", "--skip-column-names"],
			env=self.environment(),
			input=sql,
			capture_output=True,
			text=True,
		)
		if result.returncode:
			raise Stop(f"MariaDB refused a statement: {result.stderr.strip()}")
		return result.stdout

	def answers(self) -> bool:
		try:
			return self.query("select 1").strip() == "1"
		except Stop:
			return False


def port_is_free(port: int) -> bool:
	with socket.socket() as probe:
		probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
		try:
			probe.bind(("", port))
		except OSError:
			return False
	return True


def free_port(preferred: int = 0) -> int:
	"""The preferred port when it is free, else one that the system gives."""
	if preferred and port_is_free(preferred):
		return preferred
	with socket.socket() as probe:
		probe.bind((HOST, 0))
		return probe.getsockname()[1]


def wait_until(ready: Callable[[], bool], program: Background, seconds: int = START_SECONDS) -> None:
	"""Waits until a program is ready; raises Stop with the end of its log when it ends or takes too long."""
	started = time.monotonic()
	said = started
	while not ready():
		now = time.monotonic()
		if program.ended or now - started > seconds:
			print(tail(program.log), flush=True)
			how = "ended" if program.ended else f"did not answer within {seconds} seconds"
			raise Stop(f"The {program.name} process {how}.", f"Its log is {program.log}.")
		if now - said >= 10:
			note(f"… waiting for {program.name}, {now - started:.0f} s")
			said = now
		time.sleep(0.2)


def socket_path(name: str) -> Path:
	"""A path for a Unix socket, which may not be long."""
	path = cache("run", name)
	if len(str(path)) > LONGEST_SOCKET_PATH:
		return Path(tempfile.gettempdir()) / f"branch-crm-{os.geteuid()}-{name}"
	return path


def private_mariadb(stack: ExitStack) -> Database:
	"""The private MariaDB: made when it does not exist, started when it does not run."""
	home, login = cache("mariadb"), cache("mariadb.json")
	if not (home / "mysql").is_dir() or not login.is_file():
		make_mariadb(home, login)
	known = json.loads(login.read_text())
	server = Database(HOST, known["port"], "root", known["password"])
	if server.answers():
		return server
	port = free_port(server.port)
	save_login(login, port, server.password)
	server = Database(HOST, port, "root", server.password)
	step(f"Starting a private MariaDB on port {port}")
	stack.callback((program := start_mariadb(home, "--bind-address=" + HOST, f"--port={port}")).stop)
	wait_until(server.answers, program)
	return server


def start_mariadb(home: Path, *network: str) -> Background:
	options = [
		"--no-defaults",
		f"--user={getpass.getuser()}",
		f"--datadir={home}",
		f"--socket={socket_path('mariadb.sock')}",
		f"--pid-file={cache('run', 'mariadb.pid')}",
		"--character-set-server=utf8mb4",
		"--collation-server=utf8mb4_unicode_ci",
		"--skip-log-bin",
		"--max-connections=300",
		"--innodb-buffer-pool-size=512M",
		"--innodb-flush-log-at-trx-commit=0",
	]
	return background("mariadb", [needed("mariadbd"), *options, *network])


def make_mariadb(home: Path, login: Path) -> None:
	"""Makes the data folder, with a password for root and without anonymous users."""
	shutil.rmtree(home, ignore_errors=True)
	argv = [needed("mariadb-install-db"), "--no-defaults", f"--user={getpass.getuser()}", f"--datadir={home}"]
	options = ["--auth-root-authentication-method=normal", "--skip-test-db"]
	quiet("Making a private MariaDB", [*argv, *options])
	password = secrets.token_urlsafe(18)
	program = start_mariadb(home, "--skip-networking")
	try:
		address = [needed("mariadb"), "--no-defaults", f"--socket={socket_path('mariadb.sock')}", "--user=root"]
		wait_until(lambda: not subprocess.run([*address, "-e", "select 1"], capture_output=True).returncode, program)
		sql = (
			"delete from mysql.global_priv where user = ''; flush privileges; "
			f"set password for root@localhost = password('{password}'); "
			f"create or replace user root@'{HOST}' identified by '{password}'; "
			f"grant all privileges on *.* to root@'{HOST}' with grant option;"
		)
		subprocess.run(address, input=sql.encode(), check=True)
	finally:
		program.stop()
	save_login(login, free_port(), password)


def save_login(path: Path, port: int, password: str) -> None:
	with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
		json.dump({"port": port, "password": password}, file)


@dataclass(frozen=True)
class Redis:
	"""A private Redis for the cache or for the queue of one run."""

	port: int

	@property
	def url(self) -> str:
		return f"redis://{HOST}:{self.port}"

	def send(self, command: str) -> bool:
		try:
			with socket.create_connection((HOST, self.port), timeout=5) as connection:
				connection.sendall(f"{command}\r\n".encode())
				return connection.recv(64).startswith(b"+")
		except OSError:
			return False

	def answers(self) -> bool:
		return self.send("PING")

	def empty(self) -> None:
		self.send("FLUSHALL")


def private_redis(stack: ExitStack, name: str) -> Redis:
	"""A Redis of this run alone: a worker on a shared queue would take the jobs of other sites."""
	redis = Redis(free_port())
	address = ["--port", str(redis.port), "--bind", HOST, "--dir", str(folder("run"))]
	options = ["--save", "", "--appendonly", "no"]
	program = background(f"redis-{name}", [needed("redis-server"), *address, *options])
	stack.callback(program.stop)
	wait_until(redis.answers, program)
	return redis
