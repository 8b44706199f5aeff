"""Findings, and which of them are known."""

import dataclasses
import json


@dataclasses.dataclass(frozen=True)
class Finding:
    rule: str
    where: str   # file:line
    key: str     # what stays the same when lines move
    figure: int  # known findings fail again when it grows
    limit: int
    text: str

    def __str__(self):
        return f"{self.where}: {self.rule}: {self.text}: {self.figure}, limit {self.limit}"


def read(path):
    return json.loads(path.read_text()) if path.exists() else {}


def write(path, findings):
    known = {}
    for finding in findings:
        figures = known.setdefault(finding.rule, {})
        figures[finding.key] = max(finding.figure, figures.get(finding.key, 0))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(known, indent=2, sort_keys=True) + "\n")


def grown(findings, known):
    return [finding for finding in findings
            if finding.figure > known.get(finding.rule, {}).get(finding.key, finding.limit)]
