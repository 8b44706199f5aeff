#!/usr/bin/env python3
"""Shows that a page can fail: each test has a page of its own, right or wrong in one thing."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

CHECK = pathlib.Path(__file__).resolve().parent / "check_page.py"


def fenced(info, *lines):
    return "\n".join(["Some text.", "", "```" + info, *lines, "```", ""])


class Pages(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)

    def check(self, page):
        (self.root / "page.md").write_text(page)
        return subprocess.run([sys.executable, CHECK, "page.md"], cwd=self.root,
                              capture_output=True, text=True)

    def assert_right(self, page):
        result = self.check(page)
        self.assertEqual((result.returncode, result.stdout), (0, ""), result.stderr)

    def assert_wrong(self, page, *words):
        result = self.check(page)
        self.assertEqual(result.returncode, 1, result.stdout + result.stderr)
        for word in words:
            self.assertIn(word, result.stdout)

    def test_a_script_must_end_with_status_0(self):
        self.assert_right(fenced("sh", "true"))
        self.assert_wrong(fenced("sh", "false"), "page.md:3: ended with status 1")

    def test_a_script_stops_at_its_first_failure(self):
        self.assert_wrong(fenced("sh", "false", "true"), "status 1")

    def test_a_command_prints_what_the_page_shows(self):
        self.assert_right(fenced("console", "$ echo a; echo b", "a", "b"))
        self.assert_wrong(fenced("console", "$ echo a", "b"), "page.md:4: `echo a` is to print")
        self.assert_wrong(fenced("console", "$ echo a; echo b", "a"), "and printed")
        self.assert_wrong(fenced("console", "$ echo a", "a", "b"), "and printed")

    def test_a_command_without_output_may_print_anything(self):
        self.assert_right(fenced("console", "$ echo a", "$ echo b"))

    def test_dots_stand_for_anything_within_a_line(self):
        self.assert_right(fenced("console", "$ echo 12 states", "... states"))
        self.assert_wrong(fenced("console", "$ echo 12 states; echo", "$ echo a", "...b"), ":5:")

    def test_dots_on_their_own_line_stand_for_any_lines(self):
        self.assert_right(fenced("console", "$ seq 5", "1", "...", "5"))
        self.assert_right(fenced("console", "$ seq 2", "1", "...", "2"))
        self.assert_wrong(fenced("console", "$ seq 5", "1", "...", "4"), "is to print")

    def test_a_command_may_go_on_on_the_next_line(self):
        self.assert_right(fenced("console", "$ echo a \\", "    b", "a b"))

    def test_an_expected_status_is_that_of_the_last_command(self):
        self.assert_right(fenced("console exit=3", "$ true", "$ exit 3"))
        self.assert_wrong(fenced("console exit=3", "$ true"), "status 0, not 3")
        self.assert_wrong(fenced("console", "$ exit 3"), "status 3, not 0")

    def test_a_console_block_without_a_command_is_an_error(self):
        self.assert_wrong(fenced("console", "echo a"), "begins with `$ `")

    def test_there_is_no_way_not_to_run_a_command(self):
        self.assert_wrong(fenced("sh norun", "false"), "page.md:3: a sh block has no option norun")

    def test_quoted_lines_stand_in_their_file_in_one_piece(self):
        (self.root / "a.hpp").write_text("one\ntwo\nthree\n")
        self.assert_right(fenced("cpp file=a.hpp", "two", "three"))
        self.assert_wrong(fenced("cpp file=a.hpp", "one", "three"), "do not stand in a.hpp")
        self.assert_wrong(fenced("cpp file=b.hpp", "one"), "b.hpp does not exist")

    def test_a_block_that_does_not_end_is_an_error(self):
        self.assert_wrong("```sh\ntrue\n", "page.md:1: this block does not end")

    def test_other_blocks_are_not_run(self):
        self.assert_right(fenced("text", "false") + fenced("", "false") + fenced("cpp", "x"))


if __name__ == "__main__":
    unittest.main()
