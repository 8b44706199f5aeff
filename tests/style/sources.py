"""The files of the repository, and what language each is in."""

import dataclasses
import os
import pathlib
import subprocess

LANGUAGES = {
    ".cpp": "c++", ".hpp": "c++", ".h": "c++", ".c": "c++",
    ".py": "python", ".sh": "shell", ".cmake": "cmake",
}


@dataclasses.dataclass(frozen=True)
class Source:
    path: str  # from the root, with forward slashes
    text: str

    @property
    def lines(self):
        return self.text.splitlines()

    @property
    def language(self):
        suffix = pathlib.PurePath(self.path).suffix
        if self.path.endswith("CMakeLists.txt"):
            return "cmake"
        if not suffix and self.text.startswith("#!"):
            return "python" if "python" in self.text.split("\n", 1)[0] else "shell"
        return LANGUAGES.get(suffix, "")


def paths(root):
    """What git tracks or would track; all files, where there is no git."""
    if (root / ".git").exists():
        listed = subprocess.run(
            ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others",
             "--exclude-standard"],
            check=True, capture_output=True, text=True).stdout
        return sorted(path for path in listed.split("\0") if path)
    found = []
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name not in (".git", "build", "__pycache__")]
        found += [(pathlib.Path(folder) / name).relative_to(root).as_posix() for name in names]
    return sorted(found)


def read_all(root):
    """Deleted files that git still tracks are left out, and so is what is not text."""
    files = []
    for path in paths(root):
        if not (root / path).is_file():
            continue
        content = (root / path).read_bytes()
        if b"\0" not in content:
            files.append(Source(path, content.decode("utf-8", errors="replace")))
    return files
