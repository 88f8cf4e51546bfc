"""Prints what a run cost and what was wrong: ratios, because seconds depend on the machine."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from statistics import mean, median

from benchmarks.load.notes import Notes, Timing

HEALTH = "healthz"
_SHOWN_FAULTS = 30


def print_costs(timings: Sequence[Timing], costs: Mapping[str, Sequence[float]]) -> None:
    """Print a line for each kind of request."""
    by_kind: dict[str, list[Timing]] = defaultdict(list)
    for timing in timings:
        by_kind[timing.kind].append(timing)
    health = mean(costs[HEALTH])
    quick = median(timing.seconds for timing in by_kind[HEALTH])
    print(
        "| request | number | processor, ms | to /healthz/ | p50, ms | p95 | max | p50 to /healthz/ |"
    )
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    for kind, own in sorted(by_kind.items(), key=lambda each: -mean(costs[each[0]] or [0])):
        waits = sorted(timing.seconds for timing in own)
        p50, p95, most = (1000 * waits[_place(len(waits), share)] for share in (0.5, 0.95, 1.0))
        cost = mean(costs[kind] or [0])
        print(
            f"| {kind} | {len(own)} | {1000 * cost:.0f} | {cost / health:.0f} "
            f"| {p50:.0f} | {p95:.0f} | {most:.0f} | {p50 / 1000 / quick:.0f} |"
        )


def _place(count: int, share: float) -> int:
    return min(count - 1, int(share * count))


def print_sums(
    timings: Sequence[Timing],
    since: float,
    until: float,
    spent: Mapping[str, float],
    costs: Mapping[str, Sequence[float]],
) -> None:
    """Print what the whole run came to, once all were signed in."""
    then = [each for each in timings if since <= each.at <= until and each.kind != HEALTH]
    print(
        f"\n{len(then)} requests in {until - since:.0f} s: {len(then) / (until - since):.1f} a second"
    )
    work = [cost for kind, own in costs.items() if kind != HEALTH for cost in own]
    print(f"processor a request, in the web server: {mean(work):.3f} s")
    for name, seconds in spent.items():
        print(f"processor of {name}, signing in and all: {seconds:.1f} s")


def print_notes(notes: Notes, states: Counter[str]) -> None:
    """Print what was accepted and refused."""
    kinds = Counter(save.kind for save in notes.accepted)
    print(f"\naccepted saves: {len(notes.accepted)} ({_listed(kinds)})")
    print(f"drafts kept to the end: {len(notes.drafts)}; prints: {_listed(states)}")
    print(f"refused with words: {notes.refusals.total()}")
    for (kind, status, said), count in notes.refusals.most_common():
        print(f"  {count} x {kind} {status}: {said}")


def print_faults(faults: Sequence[str]) -> None:
    """Print the verdict."""
    for fault in faults[:_SHOWN_FAULTS]:
        print(f"FAULT {fault}")
    if faults:
        print(f"{len(faults)} faults")
    else:
        print("Every accepted save is there, once, in its rows, versions and log; no other fault.")


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.most_common()) or "none"
