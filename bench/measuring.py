"""Runs one configuration, and measures it and its ceiling."""

import dataclasses
import json
import os
import pathlib
import statistics
import subprocess
import tempfile
import time
import typing


class Failure(Exception):
    """Something could not be run."""


class Refused(Exception):
    """The binary does not know what the configuration asks for."""


class WrongCounts(Exception):
    """The search found something else than it must."""


@dataclasses.dataclass(frozen=True)
class Expected:
    states: typing.Optional[int]  # None where nobody knows
    transitions: typing.Optional[int]  # with the initial states, as `generated` counts
    source: str
    least_states: int = 0


@dataclasses.dataclass(frozen=True)
class Goal:
    """What a figure of the row must reach (the floor) and what it should (the aim)."""
    figure: str
    floor: float
    aim: float

    def reached(self, figures, mark):
        if self.figure.endswith("_per_second"):
            return figures[self.figure] >= mark
        return figures[self.figure] <= mark


@dataclasses.dataclass(frozen=True)
class Configuration:
    name: str
    level: str
    arguments: str
    expected: Expected
    goal: typing.Optional[Goal] = None

    @property
    def command(self):
        return self.arguments.split()

    @property
    def simulates(self):
        return self.command[0] == "simulate"


@dataclasses.dataclass(frozen=True)
class Programs:
    everyway: pathlib.Path
    ceiling: typing.Optional[pathlib.Path]


@dataclasses.dataclass(frozen=True)
class Run:
    status: int
    output: str
    errors: str
    processor_seconds: float  # user and system, of the process and its threads
    wall_seconds: float
    peak_bytes: int


def run(command):
    """Runs a program to its end. The times are this child's alone."""
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        start = time.monotonic()
        try:
            process = subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL,
                                       stdout=output, stderr=errors)
        except OSError as error:
            raise Failure(f"{command[0]} does not start: {error.strerror}") from error
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        return Run(process.returncode, output.read(), errors.read(),
                   usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * 1024)


def json_of(command, ran):
    try:
        return json.loads(ran.output)
    except ValueError as error:
        said = ran.errors.strip() or ran.output.strip()[:200] or "nothing"
        raise Failure(f"{' '.join(map(str, command))} ended with status {ran.status} and said: "
                      f"{said}") from error


def searched(configuration, everyway):
    """One run and its report."""
    command = [everyway, *configuration.command, "--json", "-"]
    ran = run(command)
    # Bad usage is status 2 and one line; what fails later has told more, or nothing.
    lines = ran.errors.strip().splitlines()
    if ran.status == 2 and not ran.output and len(lines) == 1:
        raise Refused(lines[0].partition(";")[0])  # what is known instead does not matter here
    found = json_of(command, ran)
    check(configuration, ran, found)
    return ran, found


def check(configuration, ran, found):
    """Figures of a search that went wrong mean nothing."""
    if configuration.simulates:
        states, transitions = None, found["steps"]
        ended_well = ran.status in (0, 3) and found["verdict"] != "violated"
    else:
        states, transitions = found["distinct"], found["generated"]
        ended_well = ran.status == 0 and found["stop"] == "exhausted"
    if not ended_well:
        raise WrongCounts(f"it ended with status {ran.status}, verdict {found['verdict']}, "
                          f"stop {found['stop']}: {found['stop_detail']}")
    expected = configuration.expected
    for what, got, wanted in (("states", states, expected.states),
                              ("transitions", transitions, expected.transitions)):
        if wanted is not None and got != wanted:
            raise WrongCounts(f"{got:,} {what} instead of {wanted:,} ({expected.source})")
    if states is not None and states < expected.least_states:
        raise WrongCounts(f"{states:,} states, and there are at least {expected.least_states:,}")


def ceiling_of(programs, found, repeat):
    """Processor nanoseconds of a lookup in the set alone, or None where there is no such program
    for this kind of set."""
    if programs.ceiling is None or found["storage"] != "fingerprints":
        return None
    command = [programs.ceiling, "--states", found["distinct"], "--lookups", found["generated"],
               "--bytes", found["visited_bytes"], "--workers", found["workers"]]
    return min(json_of(command, run(command))["ns_per_lookup"] for _ in range(repeat))


def measure(configuration, programs, repeat):
    """The row of the table, as what goes to JSON. Rates come from the fastest run."""
    runs = [searched(configuration, programs.everyway) for _ in range(repeat)]
    found = runs[-1][1]
    processor = [ran.processor_seconds for ran, _ in runs]
    wall = [ran.wall_seconds for ran, _ in runs]
    transitions = found["steps" if configuration.simulates else "generated"]
    row = {
        "name": configuration.name,
        "arguments": configuration.arguments,
        "workers": found["workers"],
        "transitions": transitions,
        "processor_seconds": min(processor),
        "processor_seconds_median": statistics.median(processor),
        "wall_seconds": min(wall),
        "wall_seconds_median": statistics.median(wall),
        "ns_per_transition": min(processor) * 1e9 / transitions,
        "transitions_per_second": transitions / min(wall),
        "peak_bytes": max(ran.peak_bytes for ran, _ in runs),
        "expected": configuration.expected.source,
        "simulates": configuration.simulates,
        "runs": [{"processor_seconds": ran.processor_seconds, "wall_seconds": ran.wall_seconds,
                  "peak_bytes": ran.peak_bytes} for ran, _ in runs],
    }
    if not configuration.simulates:
        ceiling = ceiling_of(programs, found, repeat)
        row |= {
            "states": found["distinct"],
            "states_per_second": found["distinct"] / min(wall),
            "bytes_per_state": found["visited_bytes"] / found["distinct"],
            "ceiling_ns_per_lookup": ceiling,
            "ratio": ceiling and row["ns_per_transition"] / ceiling,
        }
    if configuration.goal:
        row["goal"] = dataclasses.asdict(configuration.goal)
    return row


def missed_floor(configuration, row):
    goal = configuration.goal
    if goal and not goal.reached(row, goal.floor):
        yield (f"{configuration.name}: {goal.figure} is {row[goal.figure]:,.1f}, beyond its floor "
               f"of {goal.floor:,.1f}")
