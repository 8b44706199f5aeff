"""Measurements as Markdown."""

import os
import pathlib
import platform
import subprocess

NONE = "-"


def machine(root):
    """What the figures depend on."""
    model = platform.processor() or platform.machine()
    try:
        for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
    except OSError:
        pass
    commit = subprocess.run(["git", "-C", str(root), "describe", "--always", "--dirty"],
                            capture_output=True, text=True).stdout.strip()
    return {"processor": model, "cores": os.cpu_count(), "load": round(os.getloadavg()[0], 2),
            "commit": commit or "unknown"}


def table(heads, rows):
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines)


def seconds(row, key):
    """The minimum, and the median where there is one."""
    shown = f"{row[key]:.2f}"
    return shown if len(row["runs"]) == 1 else f"{shown} / {row[key + '_median']:.2f}"


def three_digits(figure):
    """Rates vary in their third digit: more would say what was not measured."""
    scale = 10 ** max(0, len(str(int(figure))) - 3)
    return f"{round(figure / scale) * scale:,}"


def goal(row):
    if "goal" not in row:
        return NONE
    return f"{row['goal']['figure']}: {row['goal']['floor']:,g} / {row['goal']['aim']:,g}"


def search_cells(row):
    ceiling = row["ceiling_ns_per_lookup"]
    return [f"`{row['name']}`", str(row["workers"]), f"{row['states']:,}",
            f"{row['transitions']:,}", seconds(row, "processor_seconds"),
            seconds(row, "wall_seconds"), three_digits(row["states_per_second"]),
            f"{row['ns_per_transition']:.1f}", f"{row['bytes_per_state']:.1f}",
            f"{row['peak_bytes'] / 1e6:,.0f}", NONE if ceiling is None else f"{ceiling:.1f}",
            NONE if ceiling is None else f"{row['ratio']:.2f}"]


def walk_cells(row):
    return [f"`{row['name']}`", str(row["workers"]), f"{row['transitions']:,}",
            seconds(row, "processor_seconds"), seconds(row, "wall_seconds"),
            three_digits(row["transitions_per_second"]), f"{row['ns_per_transition']:.1f}",
            f"{row['peak_bytes'] / 1e6:,.0f}"]


SEARCH_HEADS = ["configuration", "workers", "states", "transitions", "processor s", "wall s",
                "states a second", "ns a transition", "bytes a state", "peak MB",
                "ceiling, ns a lookup", "ratio"]
WALK_HEADS = ["configuration", "workers", "steps", "processor s", "wall s", "steps a second",
              "ns a step", "peak MB"]


def markdown(rows):
    tables = []
    for heads, cells, simulates in ((SEARCH_HEADS, search_cells, False),
                                    (WALK_HEADS, walk_cells, True)):
        kind = [row for row in rows if row["simulates"] is simulates]
        if not kind:
            continue
        with_goal = any("goal" in row for row in kind)
        tables.append(table(heads + ["floor / aim"] * with_goal,
                            [cells(row) + [goal(row)] * with_goal for row in kind]))
    return "\n\n".join(tables)


def page(about, rows, skipped, configurations):
    """Everything a reader needs to judge the figures."""
    parts = [f"{about['processor']}, {about['cores']} cores, load {about['load']}, "
             f"commit {about['commit']}."]
    if rows:
        parts.append(markdown(rows))
        source = {each.name: each.expected.source for each in configurations}
        parts.append("\n".join(f"* `{row['name']}`: `everyway {row['arguments']}`. Expected "
                               f"counts: {source.get(row['name'], NONE)}." for row in rows))
    parts += [line + "." for line in skipped]
    return "\n\n".join(parts)
