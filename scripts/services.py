"""MariaDB and Redis: those that are reachable, else private ones that end with the command."""

import json
import os
import secrets
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scripts import say, system


@dataclass(frozen=True)
class Database:
	host: str
	port: int
	user: str
	password: str

	@property
	def client(self) -> list[str]:
		return ["mariadb", f"-h{self.host}", f"-P{self.port}", f"-u{self.user}", "--protocol=tcp"]

	@property
	def client_env(self) -> dict[str, str]:
		return {**os.environ, "MYSQL_PWD": self.password}

	def accepts(self) -> bool:
		return say.output_of([*self.client, "-e", "select 1"], env=self.client_env) is not None


@contextmanager
def database(bench_config: dict | None = None) -> Iterator[Database]:
	"""The bench's MariaDB where its root login is known (DB_ROOT_PASSWORD, or `root_password` in the bench's
	configuration), else a private one that keeps its data between runs."""
	known = _of_bench(bench_config or {})
	if known and known.accepts():
		yield known
		return
	system.require(system.MARIADB)
	with _private_database(system.CACHE / "mariadb") as private:
		yield private


@contextmanager
def redis(preferred: int) -> Iterator[str]:
	"""The URL of a private Redis that keeps nothing."""
	system.require(system.REDIS)
	port = system.free_port(preferred)
	command = [system.find("redis-server") or "", "--port", str(port), "--bind", "127.0.0.1"]
	command += ["--save", "", "--appendonly", "no"]
	with _running(command, "Redis", lambda: system.answers("127.0.0.1", port)):
		yield f"redis://127.0.0.1:{port}"


def _of_bench(config: dict) -> Database | None:
	password = os.environ.get("DB_ROOT_PASSWORD") or config.get("root_password")
	if not password:
		return None
	host = config.get("db_host") or "127.0.0.1"
	return Database(host, int(config.get("db_port") or 3306), config.get("root_login") or "root", password)


@contextmanager
def _private_database(home: Path) -> Iterator[Database]:
	secret = home / "login.json"
	fresh = not secret.exists()
	if fresh:
		_make_data(home)
	# at its start MariaDB empties its folder for temporary files, also of those of other servers
	temporary = home / "tmp"
	temporary.mkdir(exist_ok=True)
	port = system.free_port(13306)
	socket_file = home / "mariadb.sock"
	command = [
		system.find("mariadbd") or "",
		"--no-defaults",
		f"--user={system.me()}",
		f"--datadir={home / 'data'}",
		f"--tmpdir={temporary}",
		f"--socket={socket_file}",
		f"--pid-file={home / 'mariadb.pid'}",
		f"--port={port}",
		"--bind-address=127.0.0.1",
		"--character-set-server=utf8mb4",
		"--collation-server=utf8mb4_unicode_ci",
		"--skip-log-bin",
		"--innodb-flush-log-at-trx-commit=0",
		"--innodb-buffer-pool-size=1G",
		"--max-connections=300",
	]
	with (
		system.alone(home / "lock", "uses the private MariaDB"),
		_running(command, "MariaDB", lambda: system.answers("127.0.0.1", port)),
	):
		if fresh:
			_set_password(socket_file, secret)
		yield Database("127.0.0.1", port, "root", json.loads(secret.read_text())["password"])


def _make_data(home: Path) -> None:
	home.mkdir(parents=True, exist_ok=True)
	command = [
		"mariadb-install-db",
		"--no-defaults",
		f"--user={system.me()}",
		f"--datadir={home / 'data'}",
		"--auth-root-authentication-method=normal",
		"--skip-test-db",
	]
	say.run(command, "Making a private MariaDB", f"Remove {home} and repeat.", log=system.LOG)


def _set_password(socket_file: Path, secret: Path) -> None:
	password = secrets.token_hex(16)
	# anonymous users would stand before the sites' own users when these log in from this machine
	statements = (
		"delete from mysql.global_priv where user = ''; flush privileges;"
		f"create or replace user root@'127.0.0.1' identified by '{password}';"
		f"create or replace user root@localhost identified by '{password}';"
		"grant all on *.* to root@'127.0.0.1' with grant option;"
		"grant all on *.* to root@localhost with grant option;"
	)
	client = ["mariadb", "--no-defaults", "-uroot", f"--socket={socket_file}", "-e", statements]
	if say.output_of(client) is None:
		raise say.Failure(f"The private MariaDB refused its first login. Remove {secret.parent} and repeat.")
	secret.touch(mode=0o600)
	secret.write_text(json.dumps({"password": password}))


@contextmanager
def _running(command: list[str], name: str, is_up: object) -> Iterator[None]:
	say.step(f"Starting a private {name}")
	with system.LOG.open("ab") as output:
		process = subprocess.Popen(command, stdout=output, stderr=output, start_new_session=True)
	try:
		deadline = time.monotonic() + 60
		while not is_up():
			if process.poll() is not None or time.monotonic() > deadline:
				raise say.Failure(f"{name} did not start; {system.LOG} says why.")
			time.sleep(0.2)
		yield
	finally:
		process.terminate()
		try:
			process.wait(timeout=60)
		except subprocess.TimeoutExpired:
			process.kill()
