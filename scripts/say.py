"""What the commands tell: each step, that a long one is alive, and how to go on after a failure."""

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ALIVE_EVERY = 10


class Failure(Exception):
	"""A step that could not be done; the text is a sentence with the remedy."""


def step(text: str) -> None:
	print(f"› {text}", flush=True)


def run(
	command: Sequence[str],
	what: str,
	remedy: str,
	*,
	log: Path,
	cwd: Path | None = None,
	env: dict[str, str] | None = None,
	stdin: Path | None = None,
) -> None:
	"""Run a command, its output into `log`, saying every ten seconds that it is alive.

	Raises Failure with the end of the log and the remedy if the command fails.
	"""
	step(f"{what} …")
	began = last = time.monotonic()
	with log.open("ab") as output, stdin.open("rb") if stdin else open("/dev/null", "rb") as source:
		process = subprocess.Popen(command, cwd=cwd, env=env, stdin=source, stdout=output, stderr=output)
		try:
			while process.poll() is None:
				try:
					process.wait(timeout=1)
				except subprocess.TimeoutExpired:
					if time.monotonic() - last >= ALIVE_EVERY:
						last = time.monotonic()
						print(f"  … {what.lower()}, {last - began:.0f} s", flush=True)
		except BaseException:
			process.terminate()
			raise
	if process.returncode:
		raise Failure(f"{what} failed. {remedy}\nThe end of {log}:\n{_end_of(log)}")


def output_of(command: Sequence[str], **kwargs: object) -> str | None:
	"""What a quick command prints; None where it fails or is not there."""
	try:
		done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, **kwargs)
	except (OSError, subprocess.TimeoutExpired):
		return None
	return done.stdout if done.returncode == 0 else None


def guarded(main: object) -> None:
	"""Run a command's main function; a failure ends it with its sentence and exit code 1."""
	try:
		sys.exit(main())
	except Failure as failure:
		sys.exit(f"✗ {failure}")
	except KeyboardInterrupt:
		sys.exit("stopped")


def _end_of(log: Path, lines: int = 15) -> str:
	text = log.read_text(errors="replace").replace("\r", "\n")
	return "\n".join(f"    {line}" for line in text.splitlines()[-lines:])
