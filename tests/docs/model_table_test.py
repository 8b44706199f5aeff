#!/usr/bin/env python3
"""README's table of models: every model of `everyway list`, with the figures that it really has."""

import json
import pathlib
import re
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
ROW = re.compile(r"^\| `(\w+)` \| (\w+) \| ([\d,]+) \| ([\d,]+) \| ([\d,]+) \|", re.MULTILINE)


def everyway(*arguments):
    """What the command writes as JSON; the exit status says the verdict, which is in there too."""
    result = subprocess.run(
        [ROOT / "everyway", *arguments, "--json", "-"], capture_output=True, text=True)
    return json.loads(result.stdout)


def rows():
    readme = (ROOT / "README.md").read_text()
    return {
        name: (verdict, *(int(figure.replace(",", "")) for figure in figures))
        for name, verdict, *figures in ROW.findall(readme)
    }


class ModelTable(unittest.TestCase):
    def test_it_has_every_model(self):
        self.assertEqual({model["name"] for model in everyway("list")["models"]}, set(rows()))

    def test_its_figures_are_those_of_the_command(self):
        for name, figures in rows().items():
            with self.subTest(model=name):
                report = everyway("check", name)
                found = tuple(report[key] for key in ("verdict", "distinct", "generated", "depth"))
                self.assertEqual(found, figures)


if __name__ == "__main__":
    unittest.main()
