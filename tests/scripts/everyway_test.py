#!/usr/bin/env python3
"""The script ./everyway: from anywhere, silent about itself, and with the command's own status."""

import json
import pathlib
import subprocess
import tempfile
import unittest

EVERYWAY = pathlib.Path(__file__).resolve().parents[2] / "everyway"


def run(*arguments, script=EVERYWAY, folder=None):
    return subprocess.run([script, *arguments], cwd=folder, capture_output=True, text=True)


class Everyway(unittest.TestCase):
    def test_standard_output_belongs_to_the_command(self):
        result = run("check", "die_hard", "--json", "-")
        self.assertEqual(result.returncode, 0, result.stderr)
        json.loads(result.stdout)

    def test_it_keeps_the_status_of_the_command(self):
        self.assertEqual(run("check", "die_hard").returncode, 0)
        self.assertEqual(run("check", "no_such_model").returncode, 2)

    def test_it_runs_from_any_folder_and_through_a_link(self):
        with tempfile.TemporaryDirectory() as folder:
            link = pathlib.Path(folder) / "link"
            link.symlink_to(EVERYWAY)
            result = run("list", script=link, folder=folder)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("die_hard", result.stdout)

    def test_it_may_be_started_many_times_at_once(self):
        started = [subprocess.Popen([EVERYWAY, "list"], stdout=subprocess.DEVNULL)
                   for _ in range(4)]
        self.assertEqual([process.wait() for process in started], [0] * 4)


if __name__ == "__main__":
    unittest.main()
