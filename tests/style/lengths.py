"""How long files, functions and lines may be."""

import ast

import functions
from ratchet import Finding

FILE_LIMIT = 500
FILE_P50_LIMIT = 120
FILE_P90_LIMIT = 300
FUNCTION_LIMIT = 70
LINE_LIMIT = 100


def file_lengths(files):
    for source in files:
        length = len(source.lines)
        if source.language and not source.path.startswith("tests/") and length > FILE_LIMIT:
            yield Finding("file-length", f"{source.path}:1", source.path, length, FILE_LIMIT,
                          "lines in this file")


def percentile(figures, share):
    """The smallest figure that `share` of all figures do not exceed."""
    ordered = sorted(figures)
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)]


def file_length_percentiles(files):
    by_length = {source.path: len(source.lines) for source in files if source.language == "c++"}
    for share, limit in ((50, FILE_P50_LIMIT), (90, FILE_P90_LIMIT)):
        figure = percentile(by_length.values(), share) if by_length else 0
        if figure > limit:
            example = min(path for path, length in by_length.items() if length == figure)
            yield Finding("file-length-percentile", f"{example}:1", f"p{share}", figure, limit,
                          f"lines that {share} % of the C++ files do not exceed")


def python_functions(text):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name, node.lineno, node.end_lineno


def function_lengths(files):
    finders = {"c++": functions.cpp_functions, "python": python_functions}
    for source in files:
        finder = finders.get(source.language)
        for name, first, last in finder(source.text) if finder else ():
            if last - first + 1 > FUNCTION_LIMIT:
                yield Finding("function-length", f"{source.path}:{first}",
                              f"{source.path} {name}", last - first + 1, FUNCTION_LIMIT,
                              f"lines in {name}")


def line_lengths(files):
    for source in files:
        if not source.language:
            continue
        too_long = [(number, len(line)) for number, line in enumerate(source.lines, 1)
                    if len(line) > LINE_LIMIT]
        for number, length in too_long:
            # The key is the file: lines move. What may not grow is then its longest line.
            yield Finding("line-length", f"{source.path}:{number}", source.path, length,
                          LINE_LIMIT, "columns in this line")
