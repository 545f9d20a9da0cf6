"""The command `xuncha-docs`: facts in, papers out, answers in Chinese.

Exit codes: 0 done, or nothing found; 1 a check found something, or something is missing; 2 wrong use or faults in the
facts (nothing is written); 3 a bug of ours.
"""

from xuncha_docs.cli import checking, making, packing, printing
from xuncha_docs.cli.answers import main, run
from xuncha_docs.cli.frame import app

__all__ = ["app", "checking", "main", "making", "packing", "printing", "run"]
