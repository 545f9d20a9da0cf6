"""Everything that knows Word's XML: the official styles, a package built from nothing, a template filled, a paper read.

Callers use `Template` and `Paper`; `templates/` uses `drafting`.
"""

from xuncha_docs.word.paper import Paper
from xuncha_docs.word.template import Template

__all__ = ["Paper", "Template"]
