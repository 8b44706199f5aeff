"""Finds the functions of a C++ file by its braces: not a parser, but right on code that is laid out
as ours is."""

import re

# What must not be read as code: comments, strings, characters (but no digit separators) and
# preprocessor lines.
NOT_CODE = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"([^()\s\\]*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'|^[ \t]*\#(?:[^\n]*\\\n)*[^\n]*",
    re.DOTALL | re.MULTILINE)

# A macro on lines of its own without a semicolon, as BOOST_DESCRIBE_STRUCT is used: it would
# pass for the beginning of the function below.
MACRO = re.compile(r"^[A-Z][A-Z0-9_]+\((?:[^()]|\([^()]*\))*\)[ \t]*$", re.MULTILINE)

NOT_A_FUNCTION = re.compile(
    r"^\s*(?:(?:inline\s+)?namespace|if|for|while|switch|do|else|try|return|enum)\b")
TYPE = re.compile(r"\b(?:class|struct|union|concept)\s+\w[^()]*$")
SIGNATURE = re.compile(r"(operator\s*(?:\(\)|[^\s\w(]+)|~?\w+(?:::~?\w+)*)\s*\(")
INITIALISER_LIST = re.compile(r"\)\s*(?:noexcept\b[^:]*)?:(?!:)")


def code_only(text):
    """The text with everything that is not code blanked out, line breaks kept."""
    for pattern in (NOT_CODE, MACRO):
        text = pattern.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)
    return text


def function_name(header):
    """The name if the text before a brace is a function's signature, otherwise None."""
    if NOT_A_FUNCTION.match(header) or TYPE.search(header) or ")" not in header:
        return None
    if header.rstrip().endswith(("=", ",", "(")):
        return None
    if re.match(r"\s*TEST|\s*RC_GTEST", header):
        return " ".join(header.split())
    names = [match.group(1) for match in SIGNATURE.finditer(header)
             if match.group(1) not in ("requires", "decltype", "noexcept", "alignas", "explicit")]
    return names[0] if names else None


def is_member_initialiser(header):
    """`Name(int size) : size_` before a brace: not the body, but the value of a member."""
    return bool(INITIALISER_LIST.search(header)) and header.rstrip()[-1:] not in ")"


def cpp_functions(text):
    """Yields name, first line and last line of every outermost function."""
    code = code_only(text)
    line = 1
    header, header_line = "", 1
    depth, initialiser_depth, function = 0, None, None
    for character in code:
        line += character == "\n"
        if character == "{":
            depth += 1
            if function or initialiser_depth:
                continue
            if is_member_initialiser(header):
                initialiser_depth = depth
                continue
            name = function_name(header)
            if name:
                function = (name, header_line, depth)
            header = ""
        elif character == "}":
            depth -= 1
            if function and depth < function[2]:
                yield function[0], function[1], line
                function = None
            if initialiser_depth:
                if depth < initialiser_depth:
                    initialiser_depth = None
                    header += ")"  # as if the member had been initialised with parentheses
                continue
            header = ""
        elif character == ";":
            header = "" if not function else header
        elif not function and not initialiser_depth:
            if not header.strip() and not character.isspace():
                header, header_line = "", line
            header += character
