"""Which character of one text is which of another, where nearly all are the same: in time that grows with their length.

Both are walked side by side. Where they differ, the least that has to be left out of either is looked for.
"""

from __future__ import annotations

from collections.abc import Iterator

_SURE = 8
"""How many characters must agree after a difference."""

_SURER = 12
"""How many must agree after a long one."""

_NEAR, _FAR = 24, 2_000
_MOST = 400
"""How many differences are walked over; texts that differ more often are two texts."""


def blocks(one: str, other: str) -> Iterator[tuple[int, int, int]]:
    """Yield where the texts agree: the places in both and for how long, from the beginning on."""
    i = j = differences = 0
    while i < len(one) and j < len(other):
        same = _agreement(one, i, other, j)
        if same:
            yield i, j, same
            i, j = i + same, j + same
            continue
        differences += 1
        step = _step(one, i, other, j) if differences <= _MOST else None
        if step is None:
            return
        i, j = i + step[0], j + step[1]


def _agreement(one: str, i: int, other: str, j: int) -> int:
    """Count the characters from two places on that are the same."""
    same, stride = 0, 64
    while stride:
        mine, yours = one[i + same : i + same + stride], other[j + same : j + same + stride]
        if mine == yours and mine:
            same += len(mine)
            stride *= 2
            continue
        if stride == 1:
            break
        stride = max(1, stride // 4)
    return same


def _step(one: str, i: int, other: str, j: int) -> tuple[int, int] | None:
    """Return how much of both is to be left out until they agree again; None if they don't."""
    for total in range(1, _NEAR):
        for skipped in sorted(range(total + 1), key=lambda n: abs(2 * n - total)):
            a, b = i + skipped, j + total - skipped
            mine, yours = one[a : a + _SURE], other[b : b + _SURE]
            if mine == yours and (mine or (a >= len(one) and b >= len(other))):
                return skipped, total - skipped
    return _long_step(one, i, other, j)


def _long_step(one: str, i: int, other: str, j: int) -> tuple[int, int] | None:
    best: tuple[int, int] | None = None
    window = other[j : j + 10 * _FAR]
    for skipped in range(min(_FAR, len(one) - i)):
        if best and skipped >= sum(best):
            break
        wanted = one[i + skipped : i + skipped + _SURER]
        if len(wanted) < _SURER:
            break
        limit = sum(best) - skipped + _SURER if best else len(window)
        found = window.find(wanted, 0, limit)
        if found >= 0 and (best is None or skipped + found < sum(best)):
            best = (skipped, found)
    if best is None:
        # The other text may go on only after long that this one leaves out: a table, a box drawn elsewhere.
        found = one.find(other[j : j + _SURER], i, i + 10 * _FAR) if len(other) - j >= _SURER else -1
        best = (found - i, 0) if found >= 0 else None
    return best
