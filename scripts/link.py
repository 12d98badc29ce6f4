"""Lends this checkout to a bench for the time of one command and puts back what was there before."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

from scripts.bench import APP, Bench, NoBench
from scripts.places import CHECKOUT, cache
from scripts.say import note

ASIDE = ".before-branch-crm-set-up"


@dataclass(frozen=True)
class Change:
	"""One path of the bench that was changed, and what stood there: nothing, a link, a text, or a folder."""

	path: str
	kind: str
	before: str = ""
	after: str = ""

	def undo(self) -> None:
		path = Path(self.path)
		if self.kind == "text":
			self.undo_text(path)
			return
		if path.is_symlink():
			path.unlink()
		aside = Path(self.path + ASIDE)
		if self.kind == "link" and not path.exists():
			path.symlink_to(self.before)
		elif self.kind == "folder" and aside.exists() and not path.exists():
			aside.rename(path)

	def undo_text(self, path: Path) -> None:
		"""Puts the text back; where somebody else wrote meanwhile, only the added line is taken out."""
		now = path.read_text() if path.is_file() else ""
		if now == self.after:
			path.write_text(self.before)
		else:
			path.write_text("".join(line for line in now.splitlines(True) if line.strip() != APP))


class Journal:
	"""The changes made in a bench, on disk before they happen, so that not even a power cut loses them."""

	def __init__(self, file: Path) -> None:
		self.file = file
		self.changes = [Change(**row) for row in json.loads(file.read_text())] if file.is_file() else []

	def note(self, change: Change) -> None:
		self.changes.append(change)
		temporary = self.file.with_suffix(".new")
		temporary.write_text(json.dumps([asdict(each) for each in self.changes]))
		temporary.replace(self.file)

	def undo(self) -> None:
		for change in reversed(self.changes):
			change.undo()
		self.changes = []
		self.file.unlink(missing_ok=True)

	def link(self, path: Path, target: Path) -> None:
		"""Makes path a link to target."""
		if path.is_symlink():
			before = os.readlink(path)
			if before == str(target):
				return
			self.note(Change(str(path), "link", before))
			path.unlink()
		elif path.exists():
			self.note(Change(str(path), "folder"))
			path.rename(str(path) + ASIDE)
		else:
			self.note(Change(str(path), "nothing"))
		path.symlink_to(target)

	def line(self, path: Path, line: str) -> None:
		"""Adds a line to a text file that does not have it."""
		before = path.read_text()
		if line in before.splitlines():
			return
		gap = "" if not before or before.endswith("\n") else "\n"
		after = f"{before}{gap}{line}\n"
		self.note(Change(str(path), "text", before, after))
		path.write_text(after)


def lend(stack: ExitStack, bench: Bench) -> None:
	"""Links the app into the bench until the command ends.

	Raises NoBench while another command of the app uses the same bench.
	"""
	key = hashlib.sha1(str(bench.path).encode()).hexdigest()[:12]
	lock = stack.enter_context(cache(f"bench-{key}.lock").open("w"))
	try:
		fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
	except BlockingIOError as error:
		raise NoBench(
			f"Another make command of this app is using {bench.path}.", "Wait until it ends, or end it."
		) from error
	journal = Journal(cache(f"bench-{key}.json"))
	if journal.changes:
		note("Putting back what an earlier command left in the bench.")
		journal.undo()
	stack.callback(journal.undo)
	journal.link(bench.app, CHECKOUT)
	for packages in (bench.path / "env" / "lib").glob("python3*/site-packages"):
		journal.link(packages / f"{APP}.pth", path_file(bench))
	if (CHECKOUT / APP / "public").is_dir():
		journal.link(bench.sites / "assets" / APP, bench.app / APP / "public")
	journal.line(bench.sites / "apps.txt", APP)


def path_file(bench: Bench) -> Path:
	"""A file that makes the app importable for every process of the bench while it is listed there."""
	file = cache(f"{hashlib.sha1(str(bench.app).encode()).hexdigest()[:12]}.pth")
	file.write_text(f"{bench.app}\n")
	return file
