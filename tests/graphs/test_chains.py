"""Depth of dependency and the search for circles."""

from bcp_portal.graphs.chains import chain_depths, cycle_through, find_cycle, longest_chain


def test_a_business_without_dependency_has_depth_one():
    assert chain_depths({"戸籍": ()}) == {"戸籍": 1}


def test_depth_counts_the_longest_chain_and_the_start_itself():
    needs = {"市県民税": ["口座", "住民記録"], "口座": ["収納消込"], "収納消込": ["住民記録"]}
    assert chain_depths(needs) == {"市県民税": 4, "口座": 3, "収納消込": 2, "住民記録": 1}


def test_three_levels_is_reached_with_two_dependencies_in_a_row():
    assert chain_depths({"a": ["b"], "b": ["c"]})["a"] == 3
    assert chain_depths({"a": ["b", "c"]})["a"] == 2


def test_a_dependency_named_twice_counts_once():
    assert chain_depths({"a": ["b", "b"]}) == {"a": 2, "b": 1}


def test_on_a_cycle_and_before_it_there_is_no_depth_but_elsewhere_there_is():
    needs = {"before": ["a"], "a": ["b"], "b": ["a", "after"], "elsewhere": ["after"]}
    assert chain_depths(needs) == {
        "before": None,
        "a": None,
        "b": None,
        "elsewhere": 2,
        "after": 1,
    }


def test_a_chain_of_five_thousand_is_no_problem():
    needs = {number: [number + 1] for number in range(5000)}
    assert chain_depths(needs)[0] == 5001
    assert find_cycle(needs) == ()


def test_longest_chain_names_the_nodes_from_the_start():
    needs = {"a": ["short", "b"], "b": ["c"]}
    assert longest_chain(needs, "a") == ("a", "b", "c")
    assert longest_chain(needs, "unknown") == ("unknown",)
    assert longest_chain({"a": ["b"], "b": ["a"]}, "a") == ()


def test_equally_long_chains_are_chosen_in_the_order_given():
    assert longest_chain({"a": ["first", "second"]}, "a") == ("a", "first")


def test_find_cycle_returns_the_closed_path():
    assert find_cycle({"x": ["a"], "a": ["b"], "b": ["c"], "c": ["a"]}) == ("a", "b", "c", "a")
    assert find_cycle({"a": ["a"]}) == ("a", "a")
    assert find_cycle({"a": ["b"], "b": []}) == ()
    assert find_cycle({}) == ()


def test_cycle_through_names_only_cycles_of_that_node():
    needs = {"a": ["b"], "b": ["a"], "c": ["a"]}
    assert cycle_through(needs, "a") == ("a", "b", "a")
    assert cycle_through(needs, "b") == ("b", "a", "b")
    assert cycle_through(needs, "c") == ()
    assert cycle_through(needs, "unknown") == ()
    assert cycle_through({"a": ["a"]}, "a") == ("a", "a")


def test_cycle_through_takes_the_shortest_way_round():
    needs = {"a": ["b", "d"], "b": ["c"], "c": ["a"], "d": ["a"]}
    assert cycle_through(needs, "a") == ("a", "d", "a")
