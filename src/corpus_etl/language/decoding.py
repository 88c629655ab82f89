"""From scores to a tree and to names."""

import numpy as np

from .network import Array, Integers


def heads_of(scores: Array) -> list[int]:
    """The head of each token (-1: the root) in the best tree with one root; `scores` (dependent, head with root at 0)."""
    size = len(scores)
    if size == 1:
        return [-1]
    full = np.full((size + 1, size + 1), -1e9)
    full[1:] = scores
    full[np.arange(1, size + 1), np.arange(1, size + 1)] = -1e9
    heads = full.argmax(axis=1)
    heads[0] = 0
    roots = np.flatnonzero(heads[1:] == 0) + 1
    if len(roots) == 1 and _cycle(heads) is None:
        return [int(h) - 1 for h in heads[1:]]
    # One root: the word whose attachment to it costs least.
    gain = full[1:, 0] - full[1:, 1:].max(axis=1)
    chosen = int(roots[0]) if len(roots) == 1 else int(gain.argmax()) + 1
    full[1:, 0] = -1e9
    full[chosen] = -1e9
    full[chosen, 0] = 0.0
    heads = full.argmax(axis=1)
    heads[0] = 0
    if _cycle(heads) is not None:
        heads = np.array(_spanning_tree(full))
    return [int(h) - 1 for h in heads[1:]]


def _cycle(heads: Integers) -> list[int] | None:
    """The nodes of a cycle, if there is one."""
    state = [0] * len(heads)
    state[0] = 2
    for start in range(1, len(heads)):
        path = []
        node = start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(heads[node])
        if state[node] == 1:
            return path[path.index(node) :]
        for p in path:
            state[p] = 2
    return None


def _spanning_tree(full: np.ndarray) -> list[int]:
    """Maximum spanning tree (Chu and Liu 1965, Edmonds 1967); `full` (dependent, head), node 0 the root.

    Contracts one cycle at a time, without recursion depth that grows with the text.
    """
    scores = full.copy()
    size = len(scores)
    alive = list(range(size))
    contracted: list[tuple[int, list[int], dict[int, tuple[int, int]], dict[int, int]]] = []
    while True:
        heads = np.zeros(size, dtype=np.int64)
        for d in alive[1:]:
            heads[d] = alive[int(scores[d, alive].argmax())]
        cycle = _cycle_among(heads, alive)
        if cycle is None:
            break
        kept = cycle[0]
        inside = set(cycle)
        weight = {d: scores[d, heads[d]] for d in cycle}
        enter: dict[int, tuple[int, int]] = {}
        leave: dict[int, int] = {}
        row = np.full(size, -1e18)
        column = np.full(size, -1e18)
        for other in alive:
            if other in inside:
                continue
            gains = [scores[d, other] - weight[d] for d in cycle]
            best = int(np.argmax(gains))
            row[other] = gains[best]
            enter[other] = (cycle[best], other)
            outs = [scores[other, d] for d in cycle]
            best = int(np.argmax(outs))
            column[other] = outs[best]
            leave[other] = cycle[best]
        contracted.append((kept, [int(heads[d]) for d in cycle], enter, leave))
        contracted[-1][1].extend(cycle)
        scores[kept], scores[:, kept] = row, column
        scores[kept, kept] = -1e18
        alive = [a for a in alive if a not in inside or a == kept]
    result = heads.tolist()
    for kept, both, enter, leave in reversed(contracted):
        old, members = both[: len(both) // 2], both[len(both) // 2 :]
        outside = result[kept]
        for other, inner in leave.items():
            if result[other] == kept and other != 0:
                result[other] = inner
        for member, head in zip(members, old, strict=True):
            result[member] = head
        entered, head = enter[outside]
        result[entered] = head
    return result


def _cycle_among(heads: Integers, alive: list[int]) -> list[int] | None:
    state = dict.fromkeys(alive, 0)
    state[0] = 2
    for start in alive[1:]:
        path = []
        node = start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(heads[node])
        if state[node] == 1:
            return path[path.index(node) :]
        for p in path:
            state[p] = 2
    return None


class TagDecoder:
    """The best sequence of tags in which I follows B or I of its kind."""

    def __init__(self, tags: list[str]) -> None:
        self.tags = tags
        self.banned = np.zeros((len(tags), len(tags)), dtype=np.float32)
        for i, before in enumerate(tags):
            for k, tag in enumerate(tags):
                if tag[0] == "I" and before[2:] != tag[2:]:
                    self.banned[i, k] = -1e6
        self.first = np.array([-1e6 if t[0] == "I" else 0.0 for t in tags], dtype=np.float32)

    def __call__(self, logp: Array) -> list[int]:
        """`logp` (tokens, tags) to tag numbers (Viterbi)."""
        greedy = logp.argmax(axis=1).tolist()
        if all(
            self.tags[t][0] != "I" or (k > 0 and self.tags[greedy[k - 1]][2:] == self.tags[t][2:])
            for k, t in enumerate(greedy)
        ):
            return list(greedy)
        best = logp[0] + self.first
        back = []
        for row in logp[1:]:
            table = best[:, None] + self.banned
            came = table.argmax(axis=0)
            back.append(came)
            best = table[came, np.arange(len(came))] + row
        tag = int(best.argmax())
        result = [tag]
        for came in reversed(back):
            tag = int(came[tag])
            result.append(tag)
        return result[::-1]
