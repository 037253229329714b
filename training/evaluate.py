"""Scores a checkpoint on fresh problems: greedy accuracy per domain.

    python evaluate.py mentor out/mentor.pt 300
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter

import problems
import vocab
from greedy import greedy
from model import SHAPES, load
from train import tokenizer

SEED = 777
"""Training draws from other seeds."""
LONGEST = 110
"""Tokens of a solution, at most."""
ANSWER = re.compile(r"The answer is (.+?)\.")


def main() -> None:
    """Prints the accuracy per domain and over all."""
    parser = argparse.ArgumentParser(description="Greedy accuracy of a checkpoint on fresh problems, per domain.")
    parser.add_argument("role", choices=SHAPES)
    parser.add_argument("checkpoint")
    parser.add_argument("count", type=int, nargs="?", default=300, help="problems (default: %(default)s)")
    options = parser.parse_args()
    tok, net = tokenizer(options.role), load(options.role, options.checkpoint)
    rng = random.Random(SEED)
    made = [problems.make(rng) for _ in range(options.count)]
    written = greedy(net, tok, [tok.encode(vocab.prompt(p.question)).ids for p in made], LONGEST)
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for problem, ids in zip(made, written):
        found = ANSWER.search(tok.decode(ids, skip_special_tokens=True))
        asked[problem.domain] += 1
        right[problem.domain] += bool(found and found.group(1) == problem.answer)
    for domain in asked:
        print(f"{domain}: {right[domain]}/{asked[domain]} = {right[domain] / asked[domain]:.3f}")
    print(f"all: {sum(right.values()) / options.count:.3f}")


if __name__ == "__main__":
    main()
