"""The benchmark runs in little: the engines say the same, and ours is far ahead; how far is for a quiet machine."""

from __future__ import annotations

import os
import re
import subprocess
import sys

from tests.conftest import ROOT

SCRIPT = "tests.benchmarks.render_speed"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a process of its own: the script's kind of paper must not join the kinds of the other tests."""
    environment = os.environ | {"PYTHONUTF8": "1"}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", timeout=300)


def test_papers_are_made_much_faster_and_say_the_same() -> None:
    done = run("-m", SCRIPT, "--quick")
    assert done.returncode == 0, done.stderr
    assert "Texts read back: identical for all engines." in done.stdout
    (ratio,) = re.findall(r"^\| xuncha-docs, from a new model \| [\d.]+ \| ([\d.]+) ", done.stdout, re.M)
    assert float(ratio) > 20


def test_papers_that_differ_end_the_benchmark() -> None:
    differ = "speed.compare({'a': speed.our_engine().paper(0), 'b': speed.our_engine().paper(1)})"
    done = run("-c", f"from tests.benchmarks import render_speed as speed; {differ}")
    assert "AssertionError: a and b do not say the same" in done.stderr
