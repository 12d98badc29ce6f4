"""Runs programs: quietly with a log, or in the background until the command ends."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from scripts.places import cache
from scripts.say import Stop, note, step

HEARTBEAT_SECONDS = 10
GRACE_SECONDS = 10
DIE_WITH_PARENT = 1


def environment(**more: str) -> dict[str, str]:
	"""This environment without what would change how Frappe works: CI, and other Python or Frappe set-ups."""
	unwanted = ("CI", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "VIRTUAL_ENV", "MAKEFLAGS", "MAKELEVEL")
	kept = {name: value for name, value in os.environ.items() if name not in unwanted}
	return {name: value for name, value in kept.items() if not name.startswith("FRAPPE_")} | more


def tail(path: Path, lines: int = 30) -> str:
	return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])


def quiet(
	title: str,
	argv: Sequence[str],
	*,
	cwd: Path | None = None,
	env: Mapping[str, str] | None = None,
	stdin: IO[bytes] | None = None,
) -> str:
	"""Runs a program to its end, says every ten seconds that it still runs, and returns what it printed.

	Raises Stop with the last lines of the output when the program fails.
	"""
	step(title)
	log = cache("logs", "step.log")
	started = time.monotonic()
	with log.open("wb") as output:
		process = subprocess.Popen(
			argv,
			cwd=cwd,
			env=env if env is not None else environment(),
			stdin=stdin or subprocess.DEVNULL,
			stdout=output,
			stderr=subprocess.STDOUT,
		)
		try:
			while True:
				try:
					code = process.wait(HEARTBEAT_SECONDS)
					break
				except subprocess.TimeoutExpired:
					note(f"… {time.monotonic() - started:.0f} s")
		except BaseException:
			process.terminate()
			process.wait()
			raise
	if code:
		print(tail(log), flush=True)
		raise Stop(f"This step failed: {title}.", f"Its last lines are above; the whole output is in {log}.")
	return log.read_text(errors="replace")


def die_with_parent() -> None:
	ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGTERM)


@dataclass
class Background:
	"""A program that runs beside the command, in its own process group, with its own log."""

	name: str
	process: subprocess.Popen[bytes]
	log: Path

	@property
	def ended(self) -> bool:
		return self.process.poll() is not None

	def stop(self) -> None:
		for number in (signal.SIGTERM, signal.SIGKILL):
			try:
				os.killpg(self.process.pid, number)
			except ProcessLookupError:
				pass
			try:
				self.process.wait(GRACE_SECONDS)
			except subprocess.TimeoutExpired:
				continue


def background(
	name: str, argv: Sequence[str], *, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> Background:
	log = cache("logs", f"{name}.log")
	with log.open("wb") as output:
		process = subprocess.Popen(
			argv,
			cwd=cwd,
			env=env if env is not None else environment(),
			stdin=subprocess.DEVNULL,
			stdout=output,
			stderr=subprocess.STDOUT,
			start_new_session=True,
			preexec_fn=die_with_parent,
		)
	return Background(name, process, log)
