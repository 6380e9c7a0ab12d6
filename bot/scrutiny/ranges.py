"""Ranges: what anybody can work out of a figure that is not shown, from all those that are.

A table with its totals is a network: a cell is a flow from its row to its column, a row's total a flow from the
column of totals to the row. Whatever other figures would fit what is shown differ from the true ones by flows that
go in circles. How far one figure can move is therefore a largest flow, worked out here exactly, in whole numbers.
Nobody outside can narrow it further: the reader is taken to know that a figure that is not shown is at least one.
"""

import heapq
from collections import deque
from collections.abc import Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass
from math import log

type Node = Hashable

LEAST = 1  # zeros are shown, so what is not shown is none
BOUNDLESS = 10**9
_DEAR = 1000.0


@dataclass(frozen=True, slots=True)
class Arc:
    """A figure as a flow: `value` is what is true. Zero is no arc. What is `dear` is hidden if all else fails."""

    cell: Hashable
    tail: Node
    head: Node
    value: int
    dear: bool = False

    @property
    def price(self) -> float:
        """What it costs to hide it: others are hidden before one that is larger, or dear."""
        return 1.0 + log(self.value) + (_DEAR if self.dear else 0.0)

    @property
    def slack(self) -> int:
        """How much less it could be."""
        return self.value - LEAST


class Network:
    """A table as flows. `hidden` are the cells that are not shown; all others are known."""

    def __init__(self, arcs: Collection[Arc], hidden: Collection[Hashable] = ()) -> None:
        self.arcs: Mapping[Hashable, Arc] = {arc.cell: arc for arc in arcs if arc.value >= LEAST}
        self.hidden = set(hidden)

    def range_of(self, cell: Hashable) -> tuple[int, int]:
        """Return the least and the most that a hidden cell can be, as far as what is shown tells."""
        arc = self.arcs[cell]
        down = min(arc.slack, self._flow(arc.tail, arc.head, cell, arc.slack))
        up = self._flow(arc.head, arc.tail, cell, BOUNDLESS)
        return arc.value - down, arc.value + up

    def widen(self, cell: Hashable, width: int) -> bool:
        """Hide more cells, the smallest that do, until a hidden cell could be anything within `width`.

        False where there are none: then nothing more was hidden than what did help a little.
        """
        arc = self.arcs[cell]
        down = min(arc.slack, self._flow(arc.tail, arc.head, cell, arc.slack))
        up = self._flow(arc.head, arc.tail, cell, width - down, may_hide=True)
        if down + up < width:
            down = min(arc.slack, self._flow(arc.tail, arc.head, cell, min(arc.slack, width - up), may_hide=True))
        return down + up >= width

    def _flow(self, source: Node, sink: Node, without: Hashable, wanted: int, *, may_hide: bool = False) -> int:
        """Return the largest flow up to `wanted` through hidden cells; with `may_hide` through others too, at a price.

        Cells that are used at a price are hidden.
        """
        if source == sink:
            return wanted
        residual = _Residual(self.arcs.values(), without)
        sent = 0
        while sent < wanted:
            path = residual.path(source, sink, self.hidden, may_hide=may_hide)
            if path is None:
                break
            sent += residual.push(path, wanted - sent)
            self.hidden |= {cell for cell, _ in path}
        return min(sent, wanted)


class _Residual:
    """What can still be sent through each cell, forwards (more of it) and backwards (less of it)."""

    def __init__(self, arcs: Collection[Arc], without: Hashable) -> None:
        self._arcs = {arc.cell: arc for arc in arcs if arc.cell != without}
        self._moved = dict.fromkeys(self._arcs, 0)
        self._at: dict[Node, list[Hashable]] = {}
        for arc in self._arcs.values():
            self._at.setdefault(arc.tail, []).append(arc.cell)
            self._at.setdefault(arc.head, []).append(arc.cell)

    def path(
        self, source: Node, sink: Node, hidden: Collection[Hashable], *, may_hide: bool
    ) -> list[tuple[Hashable, bool]] | None:
        """Return the cheapest way, as cells and whether each is passed forwards. Hidden cells cost nothing."""
        found: dict[Node, tuple[Node, Hashable, bool]] = {}
        cost, heap, count = {source: 0.0}, [(0.0, 0, source)], 0
        done: set[Node] = set()
        while heap:
            so_far, _, node = heapq.heappop(heap)
            if node in done:
                continue
            done.add(node)
            if node == sink:
                return _walked(found, source, sink)
            for cell, forward, there in self._steps(node):
                if cell not in hidden and not may_hide:
                    continue
                price = so_far + (0.0 if cell in hidden else self._arcs[cell].price)
                if price < cost.get(there, float("inf")):
                    count += 1
                    cost[there], found[there] = price, (node, cell, forward)
                    heapq.heappush(heap, (price, count, there))
        return None

    def push(self, path: list[tuple[Hashable, bool]], wanted: int) -> int:
        """Send as much along a way as goes through, and return how much."""
        sent = min(wanted, *(self._room(cell, forward=forward) for cell, forward in path))
        for cell, forward in path:
            self._moved[cell] += sent if forward else -sent
        return sent

    def _steps(self, node: Node) -> Iterator[tuple[Hashable, bool, Node]]:
        for cell in self._at.get(node, ()):
            arc = self._arcs[cell]
            if arc.tail == node:
                yield cell, True, arc.head
            elif self._room(cell, forward=False) > 0:
                yield cell, False, arc.tail

    def _room(self, cell: Hashable, *, forward: bool) -> int:
        return BOUNDLESS if forward else self._arcs[cell].slack + self._moved[cell]


def _walked(
    found: Mapping[Node, tuple[Node, Hashable, bool]], source: Node, sink: Node
) -> list[tuple[Hashable, bool]]:
    path, node = deque[tuple[Hashable, bool]](), sink
    while node != source:
        node, cell, forward = found[node]
        path.appendleft((cell, forward))
    return list(path)
