"""Makes the problems that ship with the extension: 300 a domain, with seeds that training never used.

For math and commonsense, a question that training drew is left out. The draws that can be replayed
are: the tokenizers' (seed 0), pretraining's (seed 1), the verification stage's up to its first model
decision (seed 2) and those of the two measuring scripts (777 and 4242). The verification stage's later
draws depend on what the model answered, so questions that turn up in other seeds' draws are left out
too: they are the ones that come up often. `--overlap` measures what may remain.
Knowledge is a closed world of facts that training has seen whole: its problems ask for recall.

    python make_problems.py             write the files (minutes, little memory, no packages)
    python make_problems.py --check     verify that the files are what this script makes
    python make_problems.py --overlap   count shipped questions in draws that nothing above has used
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import problems
from problems import Problem

FOLDER = Path(__file__).resolve().parent.parent / "media" / "models" / "problems"
COUNT = 300
SPARE = 200
"""Questions drawn beyond COUNT, to stand in for those that training drew."""
SEEDS = {"math": 9001, "commonsense": 9002, "knowledge": 9003}
TRAINING_DRAWS = {0: 60_000, 1: 2_000_000, 2: 2_256, 777: 5_000, 4242: 5_000}
"""Problems to replay, by seed. Pretraining stops by the clock; 2,000,000 is several times what it can have drawn."""
COMMON_DRAWS = {8101: 500_000, 8102: 500_000, 8103: 500_000}
"""Draws that stand in for the verification stage's, by seed."""
OVERLAP_DRAWS = {7001: 2_000_000, 7002: 2_000_000}
"""Draws that only measure, by seed."""


def drawn(draws: dict[int, int]) -> Iterator[str]:
    """Every question of these draws."""
    for seed, count in draws.items():
        rng = random.Random(seed)
        for _ in range(count):
            yield problems.make(rng).question


def candidates(domain: str, count: int) -> dict[str, Problem]:
    """The first `count` different problems of the domain's seed, by question."""
    rng = random.Random(SEEDS[domain])
    found: dict[str, Problem] = {}
    while len(found) < count:
        problem = problems.make(rng, domain)
        found.setdefault(problem.question, problem)
    return found


def shipped() -> dict[str, list[Problem]]:
    """The problems to ship, by domain."""
    fresh = {domain: candidates(domain, COUNT + SPARE) for domain in ("math", "commonsense")}
    for question in drawn(TRAINING_DRAWS | COMMON_DRAWS):
        for listed in fresh.values():
            listed.pop(question, None)
    made = {domain: list(listed.values())[:COUNT] for domain, listed in fresh.items()}
    made["knowledge"] = list(candidates("knowledge", COUNT).values())
    for domain, listed in made.items():
        if len(listed) < COUNT:
            raise SystemExit(f"Only {len(listed)} of {COUNT} {domain} questions are new: raise SPARE.")
        spent = COUNT + SPARE - len(fresh[domain]) if domain in fresh else 0
        print(f"{domain}: {spent} of {COUNT + SPARE} questions were drawn before" if spent else f"{domain}: done")
    return made


def as_lines(made: Iterable[Problem]) -> str:
    """JSON Lines of one domain's problems, ids in their order."""
    lines = (
        {
            "id": f"{problem.domain}-{number:03}",
            "domain": problem.domain,
            "question": problem.question,
            "answer": problem.answer,
            "solution": problem.solution,
        }
        for number, problem in enumerate(made, 1)
    )
    return "".join(json.dumps(line) + "\n" for line in lines)


def write(folder: Path) -> None:
    """Writes one file a domain."""
    folder.mkdir(parents=True, exist_ok=True)
    for domain, made in shipped().items():
        (folder / f"{domain}.jsonl").write_text(as_lines(made), encoding="utf-8", newline="\n")


def check(folder: Path) -> None:
    """Fails, naming the file, when one is not what `write` makes."""
    for domain, made in shipped().items():
        path = folder / f"{domain}.jsonl"
        if not path.exists() or path.read_text(encoding="utf-8") != as_lines(made):
            raise SystemExit(f"{path} is not what this script makes: run it without --check.")
    print(f"The files in {folder} are what this script makes.")


def measure_overlap(folder: Path) -> None:
    """Prints how often math and commonsense questions in the files come up in draws made for this purpose only."""
    draws = sum(OVERLAP_DRAWS.values())
    asked: dict[str, str] = {}
    for domain in ("math", "commonsense"):
        for line in (folder / f"{domain}.jsonl").read_text(encoding="utf-8").splitlines():
            asked[json.loads(line)["question"]] = domain
    hits = Counter(asked[question] for question in drawn(OVERLAP_DRAWS) if question in asked)
    for domain in ("math", "commonsense"):
        print(f"{domain}: the {COUNT} shipped questions came up {hits[domain]} times in {draws:,} fresh draws")


def main() -> None:
    """Runs what the command line asks for."""
    parser = argparse.ArgumentParser(description="Makes the problems that ship with the extension.")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the files are (default: %(default)s)")
    task = parser.add_mutually_exclusive_group()
    task.add_argument("--check", action="store_true", help="verify the files instead of writing them")
    task.add_argument("--overlap", action="store_true", help="measure the overlap with fresh draws")
    options = parser.parse_args()
    if options.check:
        check(options.folder)
    elif options.overlap:
        measure_overlap(options.folder)
    else:
        write(options.folder)


if __name__ == "__main__":
    main()
