"""What the papers of one matter of immediate rectification share: the matter, and the unit that it is put to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from xuncha_docs import chinese
from xuncha_docs.case import Case
from xuncha_docs.document import TeamPaper
from xuncha_docs.fields import SecrecyMark, UnitName
from xuncha_docs.matters import Rectification
from xuncha_docs.model import named, written


class MatterPaper(TeamPaper):
    """A paper of one matter. A case asks for one of each matter that has the facts for it."""

    item: Rectification = named("事项")
    to: UnitName = named("主送", "被巡察党组织，只写一个", examples=["中共临江县水利局党组"])
    secrecy: SecrecyMark | None = named("密级", "只从这里取，不自动添加", default=None, examples=["内部"])

    @classmethod
    def facts(cls, case: Case, said: dict[str, Any]) -> dict[str, Any]:
        """Take the matter that the section names by its number, or the only one, and the unit it is put to."""
        item = _item(case, said)
        to = item.to if item and item.to else case.units[0].public if len(case.units) == 1 else None
        found = {"item": item, "to": to}
        return super().facts(case, said) | {name: value for name, value in found.items() if value}

    @classmethod
    def implied(cls, case: Case) -> tuple[Mapping[str, Any], ...]:
        """Ask for a paper of each matter that has the facts for it."""
        return tuple({"item": str(item.number)} for item in case.rectifications if cls.is_ready(item))

    @classmethod
    def is_ready(cls, item: Rectification) -> bool:
        """Tell whether a matter has got so far that this paper is made of it."""
        return True

    @written("编号")
    def number(self) -> str:
        """The number of the matter, which all its papers bear."""
        return str(self.item.number)

    @written("逐项要求")
    def requirements(self) -> tuple[str, ...]:
        """The requirements with their numbers, each ended by a full stop."""
        return numbered(self.item.requirements)


def numbered(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return texts as sentences, with numbers where there are several."""
    several = len(texts) > 1
    return tuple(
        (chinese.heading_number(3, n) if several else "") + f"{bare(text)}。" for n, text in enumerate(texts, 1)
    )


def bare(text: str) -> str:
    """Take off the mark that ends a text: the sentence it stands in has its own."""
    return text.rstrip("。；，,;.")


def in_column(day: date | None) -> str:
    """Write a day for a narrow column, the year above the rest; empty where there is none."""
    return chinese.written_date(day).replace("年", "年\n") if day else ""


def _item(case: Case, said: dict[str, Any]) -> Rectification | None:
    """Take the wanted matter out of the case: by the number that the section names, else the only one there is."""
    wanted = said.get("item")
    if isinstance(wanted, str):
        found = next((item for item in case.rectifications if str(item.number) == wanted.strip()), None)
        if found:
            del said["item"]
        return found
    return case.rectifications[0] if wanted is None and len(case.rectifications) == 1 else None
