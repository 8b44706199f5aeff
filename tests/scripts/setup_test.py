#!/usr/bin/env python3
"""cmake/setup, with a dpkg-query and an apt-get of our own in front of it."""

import os
import pathlib
import subprocess
import tempfile
import unittest

SETUP = pathlib.Path(__file__).resolve().parents[2] / "cmake" / "setup"
PACKAGES = SETUP.parent / "packages.txt"

ALL_INSTALLED = 'shift 3; for p in "$@"; do printf "installed:%s " "$p"; done'
NINJA_MISSING = ALL_INSTALLED + " | sed s/installed:ninja-build/config-files:ninja-build/"


class Setup(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.calls = self.folder / "calls"
        # Whoever runs this test: sudo is then asked, and does as root would.
        self.fake("sudo", 'exec "$@"')

    def fake(self, name, body):
        (self.folder / name).write_text("#!/usr/bin/env bash\n" + body + "\n")
        (self.folder / name).chmod(0o755)

    def fake_apt(self, body="exit 0"):
        self.fake("apt-get", f'echo "$@" >>{self.calls}\n{body}')

    def setup(self):
        environment = {**os.environ, "PATH": f"{self.folder}:{os.environ['PATH']}"}
        return subprocess.run([SETUP, "build"], env=environment, capture_output=True, text=True)

    def apt_calls(self):
        return self.calls.read_text().splitlines() if self.calls.exists() else []

    def test_it_is_silent_and_leaves_apt_alone_if_nothing_is_missing(self):
        self.fake("dpkg-query", ALL_INSTALLED)
        self.fake_apt()
        result = self.setup()
        self.assertEqual((result.returncode, result.stdout, result.stderr), (0, "", ""))
        self.assertEqual(self.apt_calls(), [])

    def test_it_installs_what_is_missing_asks_nothing_and_says_what(self):
        self.fake("dpkg-query", NINJA_MISSING)
        self.fake_apt('[[ "$DEBIAN_FRONTEND" == noninteractive ]]')
        result = self.setup()
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(result.stderr, "everyway: installing with apt-get: ninja-build\n")
        self.assertEqual(len(self.apt_calls()), 1)
        self.assertTrue(self.apt_calls()[0].endswith(
            "install -y --no-install-recommends ninja-build"))

    def test_it_updates_the_lists_if_apt_does_not_know_the_package_yet(self):
        self.fake("dpkg-query", NINJA_MISSING)
        self.fake_apt(f'[[ "$*" == *update || $(grep -c update {self.calls}) == 1 ]]')
        self.assertEqual(self.setup().returncode, 0)
        self.assertEqual([call.split()[3] for call in self.apt_calls()],
                         ["install", "update", "install"])

    def test_it_names_the_packages_that_it_cannot_install(self):
        self.fake("dpkg-query", NINJA_MISSING)
        self.fake_apt("exit 100")
        result = self.setup()
        self.assertEqual((result.returncode, result.stdout), (2, ""))
        self.assertTrue(result.stderr.endswith(
            "everyway: could not install ninja-build: apt-get failed\n"), result.stderr)

    def test_each_package_has_a_purpose_and_a_reason(self):
        lines = [line for line in PACKAGES.read_text().splitlines()
                 if line and not line.startswith("#")]
        for line in lines:
            self.assertRegex(line, r"^(build|fuzz|test) +[a-z0-9.+-]+ +\w.*$")
        self.assertEqual(len({line.split()[1] for line in lines}), len(lines))


if __name__ == "__main__":
    unittest.main()
