"""What the commands tell the person who runs them, and how they end."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from contextlib import ExitStack
from types import FrameType


class Stop(Exception):
	"""Ends a command with one sentence that says why, and what can be done about it."""

	def __init__(self, why: str, remedy: str = "") -> None:
		super().__init__(f"{why} {remedy}".strip())
		self.why = why
		self.remedy = remedy

	@property
	def reason(self) -> str:
		"""The sentence without its full stop, as it stands in the line of tiers."""
		return self.why.rstrip(".")


def step(text: str) -> None:
	print(f"=> {text}", flush=True)


def note(text: str) -> None:
	print(f"   {text}", flush=True)


def ended_by_signal(number: int, frame: FrameType | None) -> None:
	raise SystemExit(128 + number)


def run(command: Callable[[ExitStack], int]) -> None:
	"""Runs a command and exits with its code; whatever it put on the stack is undone in any case.

	While things are put back and processes are ended, a second Ctrl-C is not heard.
	"""
	for number in (signal.SIGTERM, signal.SIGHUP):
		signal.signal(number, ended_by_signal)
	code = 1
	with ExitStack() as stack:
		try:
			code = command(stack)
		except Stop as stop:
			print(f"\n{stop.why}", file=sys.stderr, flush=True)
			if stop.remedy:
				print(stop.remedy, file=sys.stderr, flush=True)
		except KeyboardInterrupt:
			print("\nInterrupted; everything that was started is ended.", file=sys.stderr, flush=True)
			code = 130
		finally:
			for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
				signal.signal(number, signal.SIG_IGN)
	sys.stdout.flush()
	sys.exit(code)


def setting(name: str, default: str = "") -> str:
	"""A setting of the command, given as `make … NAME=value` or in the environment."""
	return os.environ.get(name, "").strip() or default
