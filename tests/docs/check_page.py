#!/usr/bin/env python3
"""Runs what a Markdown page tells its readers to run, from the root of the repository.

    tests/docs/check_page.py README.md docs/MODELS.md

What a fence means is in its first line:

    ```sh               all lines are one script, which must end with status 0
    ```console          lines that begin with `$ ` are commands; the lines up to the next one are
                        what they print, standard error included; ... stands for anything
    ```console exit=1   the same, where the last command ends with status 1
    ```cpp file=PATH    is quoted from that file, word for word
"""

import argparse
import pathlib
import subprocess
import sys

sys.dont_write_bytecode = True

import blocks
import output

TIMEOUT_SECONDS = 240


def run(script):
    return subprocess.run(["bash", "-euo", "pipefail", "-c", script], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          timeout=TIMEOUT_SECONDS)


def check_script(block):
    result = run("\n".join(block.lines))
    if result.returncode != 0:
        yield block.line, f"ended with status {result.returncode}\n{result.stdout}"


def check_console(block):
    commands = blocks.commands(block)
    if not commands:
        yield block.line, "no line of this console block begins with `$ `"
    for command in commands:
        expected_status = block.exit_status if command is commands[-1] else 0
        result = run(command.text)
        if result.returncode != expected_status:
            yield (command.line, f"`{command.text}` ended with status {result.returncode}, not "
                                 f"{expected_status}\n{result.stdout}")
        elif not output.matches(command.output, result.stdout.splitlines()):
            expected = "\n".join(command.output)
            yield (command.line, f"`{command.text}` is to print\n{expected}\n"
                                 f"and printed\n{result.stdout}")


def check_quotation(block):
    path = pathlib.Path(block.options["file"])
    if not path.is_file():
        yield block.line, f"{path} does not exist"
        return
    quoted = [line.rstrip() for line in block.lines]
    lines = [line.rstrip() for line in path.read_text().splitlines()]
    places = range(len(lines) - len(quoted) + 1)
    if not any(lines[place:place + len(quoted)] == quoted for place in places):
        yield block.line, f"these lines do not stand in {path}"


def check(block):
    if block.language == "sh":
        return check_script(block)
    if block.language == "console":
        return check_console(block)
    if block.language == "cpp" and "file" in block.options:
        return check_quotation(block)
    return ()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("pages", nargs="+", type=pathlib.Path)
    failed = False
    for page in parser.parse_args().pages:
        try:
            for block in blocks.read(page.read_text()):
                for line, problem in check(block):
                    print(f"{page}:{line}: {problem}")
                    failed = True
        except blocks.MalformedPage as error:
            print(f"{page}:{error}")
            failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
