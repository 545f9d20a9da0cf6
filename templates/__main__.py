"""Builds every template beside its script: `python -m templates`."""

import pkgutil
from importlib import import_module
from pathlib import Path

from xuncha_docs.word.drafting import Draft

HERE = Path(__file__).parent


def drafts() -> dict[str, Draft]:
    """Return the draft of each template by its name; a script holds that of its kind in `DRAFT`.

    Those of the kind's variants stand in `VARIANTS`, by their names: `announcement.poster_a3`.
    """
    scripts = [module.name for module in pkgutil.iter_modules([str(HERE)]) if not module.name.startswith("_")]
    found: dict[str, Draft] = {}
    for name in scripts:
        script = import_module(f"templates.{name}")
        found[name] = script.DRAFT
        found |= {f"{name}.{variant}": draft for variant, draft in getattr(script, "VARIANTS", {}).items()}
    return found


if __name__ == "__main__":
    for name, draft in drafts().items():
        draft.write(HERE / f"{name}.docx")
        print(f"templates/{name}.docx")
