#!/usr/bin/env python3
"""Holds the instructions that a transition takes to pinned figures, with a ratchet: more fails, and
so does much less, until the figure is pinned anew.

    tests/performance/instructions.py check --program FILE --compiler NAME
    tests/performance/instructions.py update --program FILE --compiler NAME

Callgrind counts the instructions of the search alone; the machine's load does not change them.
What would: the compiler, its version and its options (another than the pinned one skips the test),
and, by far less than the tolerance, the C library and the processor, for which the library chooses
how to copy and fill.

Exit status: 0; 1 if a figure is not as pinned; 2 if something could not be run; 77 if there is
nothing to compare.
"""

import argparse
import dataclasses
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

PINNED = pathlib.Path(__file__).resolve().parent / "instructions.json"
SKIPPED = 77
# Percent of the pinned figure. Below the second, what was won could be lost again unnoticed.
TOLERANCE = 3
SLACK = 5


class Failure(Exception):
    """Something could not be run."""


@dataclasses.dataclass(frozen=True)
class Measured:
    instructions: float  # a transition
    states: int
    transitions: int


def counted(callgrind_output):
    """All instructions that callgrind collected."""
    match = re.search(r"^(?:totals|summary): (\d+)", callgrind_output, re.MULTILINE)
    if not match or match.group(1) == "0":
        raise Failure("callgrind counted nothing: is there a function `counted`?")
    return int(match.group(1))


def measure(program, search):
    valgrind = shutil.which("valgrind")
    with tempfile.TemporaryDirectory() as folder:
        collected = pathlib.Path(folder) / "callgrind.out"
        result = subprocess.run(
            [valgrind, "--tool=callgrind", "--toggle-collect=counted",
             f"--callgrind-out-file={collected}", str(program), search],
            capture_output=True, text=True)
        if result.returncode != 0:
            raise Failure(f"{program} {search} under callgrind ended with status "
                          f"{result.returncode}:\n{result.stderr}")
        report = json.loads(result.stdout)
        instructions = counted(collected.read_text())
    return Measured(instructions / report["transitions"], report["states"], report["transitions"])


def complaint(search, pinned, measured):
    """What is wrong with a figure, or None."""
    counts = (pinned["states"], pinned["transitions"])
    if (measured.states, measured.transitions) != counts:
        return (f"{search}: another search: {measured.states:,} states, {measured.transitions:,} "
                f"transitions instead of {counts[0]:,} and {counts[1]:,}")
    now, then = measured.instructions, pinned["instructions"]
    percent = 100 * (now / then - 1)
    figures = f"{now:.1f} instructions a transition instead of {then:.1f} ({percent:+.1f} %)"
    if percent > pinned["tolerance_percent"]:
        return f"{search}: {figures}; at most +{pinned['tolerance_percent']} % is allowed"
    if percent < -SLACK:
        return f"{search}: better: {figures}; hold on to it"
    return None


def check(options, pinned):
    if pinned["compiler"] != options.compiler:
        print(f"skipped: pinned for {pinned['compiler']}, built by {options.compiler}")
        return SKIPPED
    complaints = []
    for search, figure in pinned["searches"].items():
        measured = measure(options.program, search)
        print(f"{search}: {measured.instructions:.1f} instructions a transition, pinned "
              f"{figure['instructions']:.1f}")
        complaints.append(complaint(search, figure, measured))
    complaints = [line for line in complaints if line]
    for line in complaints:
        print(line)
    if complaints:
        print(f"If that is meant, pin it: {pathlib.Path(__file__).resolve()} update --program "
              f"{options.program} --compiler '{options.compiler}'")
    return 1 if complaints else 0


def update(options, pinned):
    for search, figure in pinned["searches"].items():
        measured = measure(options.program, search)
        figure.update(instructions=round(measured.instructions, 1), states=measured.states,
                      transitions=measured.transitions)
        figure.setdefault("tolerance_percent", TOLERANCE)
    pinned["compiler"] = options.compiler
    options.pinned.write_text(json.dumps(pinned, indent=2) + "\n")
    print(f"{options.pinned}: {len(pinned['searches'])} figures")
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("command", choices=["check", "update"])
    parser.add_argument("--program", type=pathlib.Path, required=True, help="counted_search")
    parser.add_argument("--compiler", required=True, help="what built it: name, version, options")
    parser.add_argument("--pinned", type=pathlib.Path, default=PINNED, help="the pinned figures")
    options = parser.parse_args()
    if not shutil.which("valgrind"):
        print("skipped: there is no valgrind")
        return SKIPPED
    try:
        pinned = json.loads(options.pinned.read_text())
        return {"check": check, "update": update}[options.command](options, pinned)
    except (Failure, OSError) as error:
        print(error)
        return 2


if __name__ == "__main__":
    sys.exit(main())
