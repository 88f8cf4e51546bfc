"""What each system needs from another."""

from bcp_portal.figures.dependencies import DrawnDependency, System, alternative, graphs, loop_note
from tests.figures.svg_reading import drawn, elements, smallest_print, words

LAN = System("lan", "市内LAN", foundation=True)
SYSTEMS = (LAN, System("a", "住民記録"), System("b", "介護保険"), System("c", "文書管理"))
NEEDS = (
    DrawnDependency("a", "lan", True, "ネットワーク"),
    DrawnDependency("b", "lan", True, "ネットワーク"),
    DrawnDependency("b", "a", False, "データ連携"),
)


def test_systems_with_a_dependency_are_drawn() -> None:
    text = words(drawn(graphs(SYSTEMS, NEEDS)).svg)
    assert all(name in text for name in ("市内LAN", "住民記録", "介護保険"))
    assert "文書管理" not in text


def test_soft_needs_are_dashed() -> None:
    def dashed_lines(needs: tuple[DrawnDependency, ...]) -> int:
        paths = [e for e in elements(drawn(graphs(SYSTEMS, needs)).svg) if e.tag.endswith("path")]
        return len([e for e in paths if e.get("stroke-dasharray")])

    assert dashed_lines(NEEDS) == 1
    assert dashed_lines(NEEDS[:2]) == 0


def test_the_words_name_every_need_with_its_strength() -> None:
    lines = [line for point in alternative(SYSTEMS, NEEDS) for line in point.lines()]
    assert lines == [
        "住民記録",
        "　市内LANを必要とする（必須、ネットワーク）",
        "介護保険",
        "　市内LANを必要とする（必須、ネットワーク）",
        "　住民記録を必要とする（必須でない、データ連携）",
    ]


def test_a_circle_is_drawn_and_a_hard_one_is_named() -> None:
    soft = (DrawnDependency("a", "b", False), DrawnDependency("b", "a", False))
    assert "住民記録" in words(drawn(graphs(SYSTEMS, soft)).svg)
    assert loop_note(SYSTEMS, soft) == ""
    hard = (DrawnDependency("a", "b", True), DrawnDependency("b", "a", True))
    assert "介護保険" in words(drawn(graphs(SYSTEMS, hard)).svg)
    assert loop_note(SYSTEMS, hard) == (
        "必須の依存が一巡しています（住民記録→介護保険→住民記録）。"
        "どれから動かせるのかを確かめ、様式1の「依存するシステム」を直してください。"
    )


def test_circles_of_any_length_are_drawn() -> None:
    systems = tuple(System(f"s{n}", f"業務システム{n}") for n in range(5))
    ring = [DrawnDependency(f"s{n}", f"s{(n + 1) % 5}", True) for n in range(5)]
    alone = [DrawnDependency("s0", "s0", True)]
    for needs in (ring, alone, ring + alone):
        assert "業務システム0" in words(drawn(graphs(systems, needs)).svg)
        assert "一巡" in loop_note(systems, needs)


def test_mutual_needs_share_one_line_with_two_tips() -> None:
    needs = (DrawnDependency("a", "b", True), DrawnDependency("b", "a", True))
    svg = drawn(graphs(SYSTEMS, needs)).svg
    assert len([e for e in elements(svg) if e.tag.endswith("path")]) == 1


def test_systems_with_the_same_needs_share_a_frame_and_one_arrow() -> None:
    many = tuple(System(f"s{n}", f"業務システム{n}") for n in range(6))
    needs = tuple(DrawnDependency(system.key, "lan", True) for system in many)
    svg = drawn(graphs((LAN, *many), needs)).svg
    assert all(system.name in words(svg) for system in many)
    lines = [e for e in elements(svg) if e.tag.endswith("path") and e.get("stroke-width") == "0.8"]
    assert len(lines) == 1


def test_sixty_systems_fit_a_page_and_stay_readable() -> None:
    bases = tuple(System(name, name, True) for name in ("市内LAN", "認証基盤", "仮想基盤", "LGWAN"))
    patterns = (
        (("市内LAN", True),),
        (("市内LAN", True), ("認証基盤", False)),
        (("市内LAN", True), ("仮想基盤", True)),
        (("LGWAN", True),),
        (("LGWAN", False), ("市内LAN", True)),
        (("認証基盤", True), ("仮想基盤", True)),
        (("市内LAN", True), ("認証基盤", True), ("仮想基盤", True)),
    )
    systems = tuple(System(f"s{n}", f"財務会計・契約管理{n}") for n in range(56))
    needs = [
        DrawnDependency(system.key, target, hard)
        for n, system in enumerate(systems)
        for target, hard in patterns[n % len(patterns)]
    ]
    needs += [DrawnDependency(base.key, "市内LAN", True) for base in bases[1:]]
    drawing = drawn(graphs((*bases, *systems), needs))
    assert smallest_print(drawing.svg) >= 6.49
    assert all(system.name in words(drawing.svg) for system in systems)
