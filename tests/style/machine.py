"""Nothing may name a folder of the machine that it was written on."""

import re

from ratchet import Finding

# Put together here, so that this file does not find itself.
FOLDER = "/" + "work" + "/"
PATTERN = re.compile(r"(?<![\w.])" + re.escape(FOLDER))


def machine_paths(files):
    for source in files:
        for number, line in enumerate(source.lines, 1):
            if PATTERN.search(line):
                yield Finding("machine-path", f"{source.path}:{number}", source.path, 1, 0,
                              f"a path below {FOLDER}")
