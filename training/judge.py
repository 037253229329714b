"""Measures how often the small model's letter is right on fresh disagreements.

    python judge.py out/small.pt out/small-verifying.pt 600
"""

from __future__ import annotations

import argparse
import random

import torch
from tokenizers import Tokenizer

import vocab
from model import Llama, load
from train import tokenizer
from verifying import disagreements

SEED = 4242
"""Training draws from other seeds."""


@torch.no_grad()
def compare(judge: Llama, tok: Tokenizer, head: list[int], options: tuple[str, str]) -> tuple[float, bool]:
    """The log-odds of (A) over (B), and whether the greedy next token is one of the two letters."""
    a, b = (tok.encode(letter).ids[0] for letter in "AB")
    ids = head + tok.encode(vocab.VERIFY.format(a=options[0], b=options[1])).ids
    logits = judge(torch.tensor([ids]))[0, -1].float()
    return (logits[a] - logits[b]).item(), logits.argmax().item() in (a, b)


def main() -> None:
    """Prints the shares of right letters, of right ones when both orders are asked, and of valid letters."""
    parser = argparse.ArgumentParser(description="How often the small model's letter is right on fresh disagreements.")
    parser.add_argument("solver", help="checkpoint whose drafts are judged")
    parser.add_argument("judge", help="checkpoint that judges")
    parser.add_argument("count", type=int, nargs="?", default=600, help="disagreements (default: %(default)s)")
    options = parser.parse_args()
    tok, judge = tokenizer("small"), load("small", options.judge)
    cases = disagreements(load("small", options.solver), tok, random.Random(SEED), options.count)
    right = both = valid = 0
    for case in cases:
        last, last_valid = compare(judge, tok, case.head, (case.draft, case.right))
        first, first_valid = compare(judge, tok, case.head, (case.right, case.draft))
        right += (last < 0) + (first > 0)
        valid += last_valid + first_valid
        both += first > last
    asked = 2 * len(cases)
    print(
        f"letter right {right / asked:.3f}, both orders {both / len(cases):.3f}, "
        f"letter valid {valid / asked:.3f} over {len(cases)}"
    )


if __name__ == "__main__":
    main()
