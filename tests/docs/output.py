"""Compares what a command prints with what its page shows."""

import re


def pattern(expected_lines):
    """`...` alone on a line stands for any lines, also none; within a line, for anything in it."""
    parts = []
    for line in expected_lines:
        if line.strip() == "...":
            parts.append(r"(?:[^\n]*\n)*?")
        else:
            words = [re.escape(word) for word in line.rstrip().split("...")]
            parts.append(r"[^\n]*?".join(words) + r"[ \t]*\n")
    return re.compile("".join(parts))


def without_edges(lines):
    """Empty lines before and after do not matter; they are how a page sets blocks apart."""
    lines = list(lines)
    while lines and not lines[0].strip():
        lines.pop(0)
    while lines and not lines[-1].strip():
        lines.pop()
    return lines


def matches(expected_lines, printed_lines):
    """A page that shows no output does not say what it is."""
    expected = without_edges(expected_lines)
    if not expected:
        return True
    printed = "".join(line + "\n" for line in without_edges(printed_lines))
    return pattern(expected).fullmatch(printed) is not None
