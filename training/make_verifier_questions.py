"""Writes questions to train the demo pair's verifier on, in the data format of `train-verifier`.

They are drawn with seeds that nothing else uses, and none of them is among the problems that ship, on which
the trained verifier is measured. No packages needed.

    python make_verifier_questions.py --count 400 --out out/verifier-questions.jsonl
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

import problems
from make_problems import FOLDER, as_lines
from problems import Problem

SEEDS = {"math": 6101, "commonsense": 6102, "knowledge": 6103}
COUNT = 400
"""Questions a domain, by default."""


def shipped_questions(folder: Path) -> set[str]:
    """Every question in the files of `make_problems.py`."""
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise SystemExit(f"There are no problems in {folder}: run make_problems.py first.")
    return {json.loads(line)["question"] for file in files for line in file.read_text(encoding="utf-8").splitlines()}


def drawn(domain: str, count: int, left_out: set[str]) -> list[Problem]:
    """The first `count` different problems of the domain's seed that are not left out."""
    rng = random.Random(SEEDS[domain])
    found: dict[str, Problem] = {}
    while len(found) < count:
        problem = problems.make(rng, domain)
        if problem.question not in left_out:
            found.setdefault(problem.question, problem)
    return list(found.values())


def main() -> None:
    """Runs what the command line asks for."""
    parser = argparse.ArgumentParser(description="Writes questions to train the demo pair's verifier on.")
    parser.add_argument("--count", type=int, default=COUNT, help="questions a domain (default: %(default)s)")
    parser.add_argument("--out", type=Path, default=Path("out/verifier-questions.jsonl"), help="default: %(default)s")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="the problems that ship (default: %(default)s)")
    options = parser.parse_args()
    left_out = shipped_questions(options.folder)
    made = [problem for domain in SEEDS for problem in drawn(domain, options.count, left_out)]
    options.out.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(as_lines(part for part in made if part.domain == domain) for domain in SEEDS)
    options.out.write_text(text, encoding="utf-8", newline="\n")
    print(f"{options.out}: {len(made)} questions, none of them among the {len(left_out)} that ship")


if __name__ == "__main__":
    main()
