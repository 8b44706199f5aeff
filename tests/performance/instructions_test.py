#!/usr/bin/env python3
"""instructions.py can fail: with a valgrind and a program of our own."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

SCRIPT = pathlib.Path(__file__).resolve().parent / "instructions.py"
sys.path.insert(0, str(SCRIPT.parent))

import instructions

VALGRIND = """#!/usr/bin/env bash
for word in "$@"; do
  [[ "$word" == --callgrind-out-file=* ]] && file="${word#*=}"
done
echo "$@" >>CALLS
printf 'events: Ir\\nfn=(1) counted\\n1 COUNT\\n\\ntotals: COUNT\\n' >"$file"
exec "${@: -2}"
"""


class Ratchet(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.program = self.folder / "program"
        self.fake_program(transitions=100)
        self.pinned = self.folder / "pinned.json"
        self.pinned.write_text(json.dumps({"compiler": "GNU 1", "searches": {"toy": {
            "instructions": 200.0, "states": 10, "transitions": 100, "tolerance_percent": 3}}}))

    def fake(self, path, text):
        path.write_text(text)
        path.chmod(0o755)

    def fake_program(self, transitions, status=0):
        self.fake(self.program, "#!/usr/bin/env bash\n"
                                f"echo '{{\"states\": 10, \"transitions\": {transitions}}}'\n"
                                f"exit {status}\n")

    def run_script(self, command, count, compiler="GNU 1", path=None):
        self.fake(self.folder / "valgrind", VALGRIND.replace("COUNT", str(count))
                  .replace("CALLS", str(self.folder / "calls")))
        environment = {**os.environ, "PATH": path or f"{self.folder}:{os.environ['PATH']}"}
        return subprocess.run(
            [sys.executable, SCRIPT, command, "--program", self.program, "--compiler", compiler,
             "--pinned", self.pinned], capture_output=True, text=True, env=environment)

    def assert_ends(self, result, status, *words):
        self.assertEqual(result.returncode, status, result.stdout + result.stderr)
        for word in words:
            self.assertIn(word, result.stdout)

    def test_what_is_within_the_tolerance_passes(self):
        for count in (20_000, 20_590, 19_010):
            self.assert_ends(self.run_script("check", count), 0)

    def test_more_than_the_tolerance_fails(self):
        self.assert_ends(self.run_script("check", 20_700), 1, "207.0 instructions a transition "
                         "instead of 200.0 (+3.5 %); at most +3 % is allowed",
                         "instructions.py update --program")

    def test_much_less_asks_to_hold_on_to_it(self):
        self.assert_ends(self.run_script("check", 18_900), 1, "(-5.5 %); hold on to it",
                         "instructions.py update --program")

    def test_another_search_fails_whatever_it_costs(self):
        self.fake_program(transitions=99)
        self.assert_ends(self.run_script("check", 19_800), 1, "another search",
                         "99 transitions instead of 10 and 100")

    def test_update_makes_the_new_figure_the_pinned_one(self):
        self.assert_ends(self.run_script("update", 30_000, "GNU 2"), 0, "1 figures")
        self.assert_ends(self.run_script("check", 30_000, "GNU 2"), 0)
        self.assert_ends(self.run_script("check", 30_901, "GNU 2"), 1)

    def test_another_compiler_is_skipped_and_says_why(self):
        self.assert_ends(self.run_script("check", 99_999, "Clang 1"), instructions.SKIPPED,
                         "skipped: pinned for GNU 1, built by Clang 1")

    def test_without_valgrind_it_is_skipped(self):
        result = self.run_script("check", 1, path="/nowhere")
        self.assert_ends(result, instructions.SKIPPED, "skipped: there is no valgrind")

    def test_only_the_search_is_counted(self):
        self.run_script("check", 20_000)
        self.assertIn("--toggle-collect=counted", (self.folder / "calls").read_text())

    def test_a_count_of_nothing_is_an_error(self):
        self.assert_ends(self.run_script("check", 0), 2, "callgrind counted nothing")

    def test_a_program_that_fails_is_an_error(self):
        self.fake_program(transitions=100, status=3)
        self.assert_ends(self.run_script("check", 20_000), 2, "ended with status 3")


class Pinned(unittest.TestCase):
    def test_every_figure_names_its_tolerance_and_its_search(self):
        pinned = json.loads(instructions.PINNED.read_text())
        self.assertRegex(pinned["compiler"], r"^\w+ \d+\.\d+")
        for name, figure in pinned["searches"].items():
            with self.subTest(search=name):
                self.assertGreater(figure["instructions"], 0)
                self.assertGreaterEqual(figure["transitions"], figure["states"])
                self.assertLessEqual(figure["tolerance_percent"], 5)


if __name__ == "__main__":
    unittest.main()
