"""Includes point one way: from what knows more to what knows less."""

import posixpath
import re

from ratchet import Finding

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')

# What a folder may include, besides itself. The longest folder that fits a file is the one that
# counts. A folder that is listed nowhere may include nothing of ours.
ALLOWED = {
    "checker": ["checker/model", "checker/trace", "checker/search", "checker/cluster"],
    "checker/model": [],
    "checker/trace": ["checker/model"],
    "checker/search": ["checker/model", "checker/trace"],
    "checker/cluster": ["checker/model"],
    "checker/schedule": ["checker/model", "checker/trace", "checker/search"],
    "checker/minimise": ["checker/model", "checker/trace", "checker/search", "checker/schedule"],
    "checker/fuzzing": ["checker/model", "checker/trace", "checker/search", "checker/schedule",
                        "checker/minimise"],
    "checker/catalogue": ["checker"],
    "properties": ["checker/model", "checker/cluster"],
    "structures": ["checker/model"],
    "models": ["properties", "structures", "checker"],
    "cli": ["models", "properties", "structures", "checker"],
    "fuzz": ["models", "properties", "structures", "checker"],
    "bench": ["models", "properties", "structures", "checker"],
    "tests": ["cli", "fuzz", "models", "properties", "structures", "checker"],
    "tests/practice": ["tests", "examples", "cli", "models", "properties", "structures", "checker"],
    "examples": ["cli", "models", "properties", "structures", "checker"],
}
OURS = {folder.split("/")[0] for folder in ALLOWED}


def within(path, folder):
    return path.startswith(folder + "/")


def folder_of(path):
    fitting = [folder for folder in ALLOWED if within(path, folder)]
    return max(fitting, key=len, default=None)


def complaint(path, quote, target, known_files):
    """What is wrong with the include, or None."""
    folder = folder_of(path)
    if target.split("/")[0] in OURS:
        if any(within(target, allowed) for allowed in [folder, *ALLOWED[folder]]):
            return None
        return f"{folder}/ may not include {target}"
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
    if quote == '"' and beside in known_files and folder != "examples":
        return f"{target} is to be included by its path from the root, {beside}"
    return None


def include_directions(files):
    known_files = {source.path for source in files}
    for source in files:
        if source.language != "c++" or folder_of(source.path) is None:
            continue
        for number, line in enumerate(source.lines, 1):
            match = INCLUDE.match(line)
            wrong = match and complaint(source.path, *match.groups(), known_files)
            if wrong:
                yield Finding("include-direction", f"{source.path}:{number}",
                              f"{source.path} {match.group(2)}", 1, 0, wrong)
