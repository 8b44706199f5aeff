#!/usr/bin/env python3
"""bench/compare, with an everyway and an everyway_ceiling of our own; and its formulas."""

import collections
import importlib.machinery
import importlib.util
import itertools
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

COMPARE = pathlib.Path(__file__).resolve().parents[2] / "bench" / "compare"
sys.path.insert(0, str(COMPARE.parent))

import measuring


def compare_as_module():
    loader = importlib.machinery.SourceFileLoader("compare", str(COMPARE))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("compare", loader))
    loader.exec_module(module)
    return module


def report(**changes):
    """Of the right search for two-phase-9."""
    return {"verdict": "holds", "stop": "exhausted", "stop_detail": "", "distinct": 10_340_352,
            "generated": 123_558_402, "seconds": 1.0, "workers": 1, "storage": "fingerprints",
            "visited_bytes": 206_807_040, **changes}


class Compare(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.fake_search(report())
        self.fake("everyway_ceiling", "echo $@ >>$0.calls\necho '{\"ns_per_lookup\": 2.5}'")

    def fake(self, name, body):
        (self.folder / name).write_text("#!/usr/bin/env bash\n" + body + "\n")
        (self.folder / name).chmod(0o755)

    def fake_search(self, found, status=0):
        self.fake("everyway", f"echo $@ >>$0.calls\necho '{json.dumps(found)}'\nexit {status}")

    def calls(self, name):
        return (self.folder / f"{name}.calls").read_text().splitlines()

    def compare(self, *arguments):
        return subprocess.run(
            [sys.executable, COMPARE, "--binary", self.folder / "everyway", "--ceiling",
             self.folder / "everyway_ceiling", *arguments], capture_output=True, text=True)

    def only(self, name="two-phase-9", *arguments):
        return self.compare("--only", name, *arguments)

    def assert_ends(self, result, status, *words):
        self.assertEqual(result.returncode, status, result.stdout + result.stderr)
        for word in words:
            self.assertIn(word, result.stdout + result.stderr)

    def test_it_runs_the_search_and_the_ceiling_of_the_same_size(self):
        self.assert_ends(self.only(), 0)
        self.assertEqual(self.calls("everyway"),
                         ["check two_phase_tla --managers 9 --workers 1 --json -"])
        self.assertEqual(self.calls("everyway_ceiling"),
                         ["--states 10340352 --lookups 123558402 --bytes 206807040 --workers 1"])

    def test_the_table_shows_the_figures(self):
        result = self.only("two-phase-9", "--markdown")
        self.assert_ends(result, 0, "| `two-phase-9` | 1 | 10,340,352 | 123,558,402 |", "| 20.0 |",
                         "| 2.5 |")
        self.assertTrue(result.stdout.startswith("| configuration |"), result.stdout)

    def test_processor_time_is_that_of_the_child_alone(self):
        spin = "import time\nwhile time.process_time() < 0.3: pass"
        (self.folder / "spin.py").write_text(spin)
        self.fake("everyway", f"{sys.executable} {self.folder}/spin.py; sleep 0.3\n"
                              f"echo '{json.dumps(report())}'")
        self.assert_ends(self.only("two-phase-9", "--json", self.folder / "out.json"), 0)
        row = json.loads((self.folder / "out.json").read_text())["rows"][0]
        self.assertGreater(row["processor_seconds"], 0.25)
        self.assertGreater(row["wall_seconds"], row["processor_seconds"] + 0.2)
        self.assertAlmostEqual(row["ns_per_transition"],
                               row["processor_seconds"] * 1e9 / 123_558_402)
        self.assertAlmostEqual(row["ratio"], row["ns_per_transition"] / 2.5)

    def test_it_repeats_and_shows_minimum_and_median(self):
        self.assert_ends(self.only("two-phase-9", "--repeat", "3"), 0, " / ")
        self.assertEqual(len(self.calls("everyway")), 3)

    def test_other_counts_than_expected_fail_and_stay_out_of_the_table(self):
        self.fake_search(report(distinct=10_340_351))
        result = self.only()
        self.assert_ends(result, 1, "10,340,351 states instead of 10,340,352", "2^n + 4^n + 6^n")
        self.assertNotIn("| `two-phase-9`", result.stdout)
        self.fake_search(report(generated=1))
        self.assert_ends(self.only(), 1, "1 transitions instead of 123,558,402")

    def test_fewer_orbits_than_there_can_be_fail(self):
        self.fake_search(report(distinct=2_543_410))
        self.assert_ends(self.only("raft-symmetry"), 1, "there are at least 2,543,411")
        self.fake_search(report(distinct=2_543_411))
        self.assert_ends(self.only("raft-symmetry"), 0)

    def test_a_search_that_ended_early_fails(self):
        self.fake_search(report(stop="max_memory", verdict="unknown"), 3)
        self.assert_ends(self.only(), 1, "stop max_memory")
        self.fake_search(report(verdict="violated", stop="violation"), 1)
        self.assert_ends(self.only(), 1, "verdict violated")

    def test_what_the_binary_refuses_is_left_out_with_a_line(self):
        self.fake("everyway", "echo \"everyway: unknown option '--symmetry'\" >&2; exit 2")
        self.assert_ends(self.only("raft-symmetry"), 0,
                         "raft-symmetry is left out: everyway: unknown option '--symmetry'")

    def test_a_binary_that_crashes_is_not_left_out(self):
        self.fake("everyway", "echo no memory >&2; exit 134")
        self.assert_ends(self.only(), 2, "ended with status 134 and said: no memory")
        self.fake("everyway", "kill -SEGV $$")
        self.assert_ends(self.only(), 2, "ended with status -11 and said: nothing")

    def test_without_a_ceiling_there_is_no_ratio(self):
        self.fake_search(report(storage="exact"))
        self.assert_ends(self.only("two-phase-9", "--markdown"), 0, "| - | - |")
        self.assertFalse((self.folder / "everyway_ceiling.calls").exists())

    def test_a_ceiling_that_fails_says_so(self):
        self.fake("everyway_ceiling", "echo no memory >&2; exit 2")
        self.assert_ends(self.only(), 2, "everyway_ceiling --states", "said: no memory")

    def test_walks_have_a_table_of_their_own(self):
        self.fake_search({"verdict": "unknown", "stop": "max_steps", "stop_detail": "",
                          "steps": 20_000_000, "workers": 1}, 3)
        self.assert_ends(self.only("raft-simulate"), 0, "| steps a second |",
                         "| `raft-simulate` | 1 | 20,000,000 |")

    def test_wrong_options_get_one_clear_line(self):
        self.assert_ends(self.only("paxos"), 2, "--only 'paxos': no such configuration; one of: ",
                         "two-phase-9")
        self.assert_ends(self.compare("--repeat", "0"), 2, "give a whole number from 1 on")

    def test_a_level_has_those_below_it(self):
        compare = compare_as_module()
        sizes = []
        for level in compare.LEVELS:
            options = collections.namedtuple("Options", "only level")(None, level)
            sizes.append({each.name for each in compare.chosen_configurations(options)})
        self.assertLess(sizes[0], sizes[1])
        self.assertLess(sizes[1], sizes[2])

    def test_a_floor_that_is_missed_is_named(self):
        low = measuring.Goal("ns_per_transition", floor=45, aim=35)
        high = measuring.Goal("states_per_second", floor=1e6, aim=2e6)
        for goal, good, bad in ((low, 45, 45.1), (high, 1e6, 999_999)):
            each = measuring.Configuration("a", "quick", "check a", None, goal)
            self.assertEqual(list(measuring.missed_floor(each, {goal.figure: good})), [])
            self.assertEqual(len(list(measuring.missed_floor(each, {goal.figure: bad}))), 1)


def two_phase_steps(state):
    """TwoPhase.tla once more, as plainly as can be: (managers, TM's state, Commit, Abort) with
    each manager as (its state, sent Prepared, TM knows)."""
    managers, tm, commit, abort = state

    def with_manager(i, *manager):
        return managers[:i] + (manager,) + managers[i + 1:], tm, commit, abort

    if tm == "init":
        if all(known for _, _, known in managers):
            yield managers, "committed", True, abort
        yield managers, "aborted", commit, True
    for i, (own, sent, known) in enumerate(managers):
        if tm == "init" and sent:
            yield with_manager(i, own, sent, True)
        if own == "working":
            yield with_manager(i, "prepared", True, known)
            yield with_manager(i, "aborted", sent, known)
        if commit:
            yield with_manager(i, "committed", sent, known)
        if abort:
            yield with_manager(i, "aborted", sent, known)


def explored(n, representative):
    start = (("working", False, False),) * n, "init", False, False
    found, queue, generated = {start}, [start], 1
    for state in queue:
        for after in two_phase_steps(state):
            generated += 1
            after = representative(after)
            if after not in found:
                found.add(after)
                queue.append(after)
    return len(found), generated


class Formulas(unittest.TestCase):
    def test_they_are_what_a_plain_search_counts(self):
        compare = compare_as_module()

        def ordered(state):
            return (tuple(sorted(state[0])), *state[1:])

        for n, (formula, representative) in itertools.product(
                range(1, 5), ((compare.two_phase, lambda state: state),
                              (compare.two_phase_orbits, ordered))):
            with self.subTest(formula=formula.__name__, managers=n):
                expected = formula(n)
                self.assertEqual((expected.states, expected.transitions),
                                 explored(n, representative))

    def test_nine_managers_have_the_transitions_that_the_documentation_names(self):
        self.assertEqual(compare_as_module().two_phase(9).transitions, 123_558_402)


if __name__ == "__main__":
    unittest.main()
