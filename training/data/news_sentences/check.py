"""Check the labelled news sentences: balanced brackets, known labels, no duplicate lines; print counts."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

LABELS = ("PER", "ORG", "LOC", "MISC")
_SPAN = re.compile(r"\[(PER|ORG|LOC|MISC) ([^\[\]]+)\]")


def problems(line: str) -> list[str]:
    """Return what is wrong with one line (empty list: nothing)."""
    found = []
    rest = _SPAN.sub("", line)
    if "[" in rest or "]" in rest:
        found.append("bracket or label")
    if any(text != text.strip() for _, text in _SPAN.findall(line)):
        found.append("space at the edge of a span")
    if line != line.strip() or "  " in line:
        found.append("stray space")
    return found


def main() -> int:
    """Check every .txt file beside this script; exit code 1 when something is wrong."""
    seen: dict[str, str] = {}
    labels: Counter[str] = Counter()
    names: set[tuple[str, str]] = set()
    lines = empty = wrong = 0
    for path in sorted(Path(__file__).parent.glob("*.txt")):
        count = 0
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            place = f"{path.name}:{number}"
            faults = problems(line) if line else ["empty line"]
            plain = _SPAN.sub(r"\2", line)
            if plain in seen:
                faults.append(f"same as {seen[plain]}")
            seen.setdefault(plain, place)
            for fault in faults:
                print(f"{place}: {fault}: {line}")
            wrong += bool(faults)
            spans = _SPAN.findall(line)
            labels.update(label for label, _ in spans)
            names.update(spans)
            empty += not spans
            count += 1
        lines += count
        print(f"{path.name}: {count}")
    print(f"sentences {lines}, without entity {empty}, distinct names {len(names)}, {dict(labels)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
