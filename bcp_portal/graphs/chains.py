"""Finds how deep chains of dependency run, and where they run in a circle; pure and generic."""

from collections import deque
from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def chain_depths(depends_on: Mapping[Node, Iterable[Node]]) -> dict[Node, int | None]:
    """Return, for each node, the number of nodes on its longest chain, counting itself.

    A node that needs nothing has depth 1. A node that lies on a cycle, or leads into one, has
    no depth: None. Nodes that are only depended on are included.
    """
    needs = _complete(depends_on)
    depths: dict[Node, int | None] = dict.fromkeys(needs)
    for node in _from_the_leaves(needs):
        depths[node] = 1 + max((depths[other] or 0 for other in needs[node]), default=0)
    return depths


def longest_chain(depends_on: Mapping[Node, Iterable[Node]], start: Node) -> tuple[Node, ...]:
    """Return the longest chain that begins with `start`; empty when it leads into a cycle.

    Of several equally long chains the one whose nodes come first in `depends_on` is returned.
    """
    needs = _complete({start: (), **depends_on})
    depths = chain_depths(needs)
    if depths[start] is None:
        return ()
    order = {node: position for position, node in enumerate(needs)}
    chain = [start]
    while needs[chain[-1]]:
        chain.append(max(needs[chain[-1]], key=lambda node: (depths[node] or 0, -order[node])))
    return tuple(chain)


def find_cycle(depends_on: Mapping[Node, Iterable[Node]]) -> tuple[Node, ...]:
    """Return one cycle as a path whose last node is its first, e.g. (a, b, a); empty if none."""
    needs = _complete(depends_on)
    free = set(_from_the_leaves(needs))
    path = [node for node in needs if node not in free][:1]
    while path:
        following = next(node for node in needs[path[-1]] if node not in free)
        if following in path:
            return (*path[path.index(following) :], following)
        path.append(following)
    return ()


def cycle_through(depends_on: Mapping[Node, Iterable[Node]], start: Node) -> tuple[Node, ...]:
    """Return the shortest cycle that contains `start`, beginning and ending with it; empty if none.

    Use it when one row is saved: a cycle among other rows is not that row's fault. It looks at nothing
    that cannot be reached from `start`, so that many rows of one table can be asked in turn.
    """
    reached_from: dict[Node, Node] = {}
    waiting = deque([start])
    while waiting:
        node = waiting.popleft()
        needs = tuple(depends_on.get(node, ()))
        if start in needs:
            return (*_path_to(node, reached_from), start)
        for following in needs:
            if following not in reached_from:
                reached_from[following] = node
                waiting.append(following)
    return ()


def _path_to(node: Node, reached_from: Mapping[Node, Node]) -> tuple[Node, ...]:
    path = [node]
    while path[-1] in reached_from:
        path.append(reached_from[path[-1]])
    return tuple(reversed(path))


def _complete(depends_on: Mapping[Node, Iterable[Node]]) -> dict[Node, tuple[Node, ...]]:
    """Return the graph with every node as a key and no need named twice, in the order given."""
    needs = {node: tuple(dict.fromkeys(others)) for node, others in depends_on.items()}
    named = [*needs, *(other for others in needs.values() for other in others)]
    return {node: needs.get(node, ()) for node in named}


def _from_the_leaves(needs: Mapping[Node, tuple[Node, ...]]) -> list[Node]:
    """Return the nodes outside all cycles, each after everything it needs."""
    needed_by: dict[Node, list[Node]] = {node: [] for node in needs}
    for node, others in needs.items():
        for other in others:
            needed_by[other].append(node)
    open_needs = {node: len(others) for node, others in needs.items()}
    ordered = [node for node, count in open_needs.items() if count == 0]
    for node in ordered:
        for dependant in needed_by[node]:
            open_needs[dependant] -= 1
            if open_needs[dependant] == 0:
                ordered.append(dependant)
    return ordered
