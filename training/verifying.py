"""Teaches the small model to verify, from a checkpoint that already solves.

Where the small model's greedy next word leaves a known solution, its own 16-token draft is set
against the solution's next 16 tokens, in MentorCollab-Free's prompt, and the letter of the right
one is learnt. Solutions are mixed in so that solving is kept.

    python verifying.py out/small.pt out/small-verifying.pt --minutes 6
"""

from __future__ import annotations

import argparse
import random
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer

import problems
import vocab
from greedy import greedy
from model import Llama, load
from train import Document, Extra, add_plan_options, plan_of, run, tokenizer

PATCH = 16
"""Tokens of a draft, as MentorCollab publishes it."""
LETTER_WEIGHT = 12.0
"""What a letter weighs against a solution's token."""


@dataclass(frozen=True)
class Disagreement:
    """A place at which the small model leaves a known solution."""

    head: list[int]
    """Tokens of the prompt and the solution so far."""
    draft: str
    """How the small model goes on."""
    right: str
    """How the solution goes on."""


@torch.no_grad()
def _first_wrong(net: Llama, tok: Tokenizer, rng: random.Random) -> list[tuple[list[int], list[int]]]:
    """(prompt and solution so far, next tokens of the solution), for problems in which the greedy next token errs."""
    end = tok.token_to_id(vocab.END)
    made = [problems.make(rng) for _ in range(256)]
    heads = [e.ids for e in tok.encode_batch([vocab.prompt(p.question) for p in made])]
    tails = [e.ids for e in tok.encode_batch([p.solution + vocab.END for p in made])]
    longest = max(len(head) + len(tail) for head, tail in zip(heads, tails))
    ids = torch.tensor([h + t + [end] * (longest - len(h) - len(t)) for h, t in zip(heads, tails)])
    with torch.autocast("cpu", torch.bfloat16):
        guess = net(ids).argmax(-1)
    cases: list[tuple[list[int], list[int]]] = []
    for row, (head, tail) in enumerate(zip(heads, tails)):
        wrong = [j for j in range(len(tail) - 1) if guess[row, len(head) + j - 1].item() != tail[j]]
        if not wrong:
            continue
        j = rng.choice(wrong)
        # Back to the start of the word: its first piece begins with a space, written as this letter.
        while j > 0 and not tok.id_to_token(tail[j]).startswith("Ġ"):
            j -= 1
        cases.append((head + tail[:j], tail[j : j + PATCH]))
    return cases


def disagreements(net: Llama, tok: Tokenizer, rng: random.Random, count: int) -> list[Disagreement]:
    """About `count` places, at most one a problem, where the two drafts differ as texts."""
    end = tok.token_to_id(vocab.END)
    cases: list[tuple[list[int], list[int]]] = []
    while len(cases) < count:
        cases += _first_wrong(net, tok, rng)
    drafts = greedy(net, tok, [head for head, _ in cases], PATCH)

    def text(ids: list[int]) -> str:
        return tok.decode([i for i in ids if i != end], skip_special_tokens=True)

    found = [Disagreement(head, text(draft), text(right)) for (head, right), draft in zip(cases, drafts)]
    return [case for case in found if case.draft != case.right]


def verification_docs(net: Llama, tok: Tokenizer) -> Extra:
    """A source of verification documents, from a pool of cases that is refreshed as it is used up."""
    pool: list[Disagreement] = []
    letters = [tok.encode(letter).ids[0] for letter in "AB"]

    def extra(rng: random.Random, count: int) -> list[Document]:
        docs: list[Document] = []
        while len(docs) < count:
            if not pool:
                pool.extend(disagreements(net, tok, rng, 3000))
            case = pool.pop()
            first = rng.random() < 0.5
            a, b = (case.right, case.draft) if first else (case.draft, case.right)
            ids = case.head + tok.encode(vocab.VERIFY.format(a=a, b=b)).ids + [letters[0] if first else letters[1]]
            docs.append((ids, [0.0] * (len(ids) - 1) + [LETTER_WEIGHT]))
        return docs

    return extra


def main() -> None:
    """Trains as the command line asks."""
    parser = argparse.ArgumentParser(description="Teaches the small model MentorCollab-Free's verification question.")
    parser.add_argument("checkpoint", help="a small model that solves")
    parser.add_argument("out", help="where to write")
    add_plan_options(parser, minutes=6, lr=1e-3, batch=24)
    options = parser.parse_args()
    tok, solver = tokenizer("small"), load("small", options.checkpoint)
    run("small", plan_of(options), options.out, options.checkpoint, verification_docs(solver, tok))


if __name__ == "__main__":
    main()
