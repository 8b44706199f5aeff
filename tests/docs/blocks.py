"""The fenced blocks of a Markdown page."""

import dataclasses
import re

FENCE = re.compile(r"^\s*(```+|~~~+)\s*(.*?)\s*$")

# Options beyond these would be a way not to run what readers run.
OPTIONS = {"sh": set(), "console": {"exit"}, "cpp": {"file"}}


class MalformedPage(Exception):
    """Its text begins with the number of the line."""


@dataclasses.dataclass
class Block:
    language: str
    options: dict
    line: int  # of the fence
    lines: list

    @property
    def exit_status(self):
        return int(self.options.get("exit", 0))


@dataclasses.dataclass
class Command:
    text: str
    line: int
    output: list


def opened(info, line):
    """The block that begins with this information after its fence."""
    language, *words = info.split() or [""]
    options = dict(word.partition("=")[::2] for word in words)
    unknown = set(options) - OPTIONS.get(language, set(options))
    if unknown:
        names = ", ".join(sorted(unknown))
        raise MalformedPage(f"{line}: a {language} block has no option {names}")
    return Block(language, options, line, [])


def read(text):
    found, block, fence = [], None, ""
    for number, line in enumerate(text.splitlines(), 1):
        match = FENCE.match(line)
        if block is None:
            if match:
                fence = match.group(1)
                block = opened(match.group(2), number)
        elif match and match.group(1).startswith(fence) and not match.group(2):
            found.append(block)
            block = None
        else:
            block.lines.append(line)
    if block:
        raise MalformedPage(f"{block.line}: this block does not end")
    return found


def commands(block):
    """A command may go on, with a backslash at the end of its line."""
    found = []
    for number, line in enumerate(block.lines, block.line + 1):
        goes_on = found and not found[-1].output and found[-1].text.endswith("\\")
        if line.startswith("$ "):
            found.append(Command(line[2:], number, []))
        elif goes_on:
            found[-1].text += "\n" + line
        elif found:
            found[-1].output.append(line.rstrip())
    return found
