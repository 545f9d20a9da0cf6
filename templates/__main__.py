"""Builds every template beside its script: `python -m templates`."""

import pkgutil
from importlib import import_module
from pathlib import Path

from xuncha_docs.word.drafting import Draft

HERE = Path(__file__).parent


def drafts() -> dict[str, Draft]:
    """Return the draft of each template by its name; a script holds one in `DRAFT`."""
    scripts = [module.name for module in pkgutil.iter_modules([str(HERE)]) if not module.name.startswith("_")]
    return {name: import_module(f"templates.{name}").DRAFT for name in scripts}


if __name__ == "__main__":
    for name, draft in drafts().items():
        draft.write(HERE / f"{name}.docx")
        print(f"templates/{name}.docx")
