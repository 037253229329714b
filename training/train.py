"""Trains one model of the demo pair on worked solutions, until a number of steps or of minutes is reached.

    python train.py mentor --minutes 18 --batch 24
    python train.py small --minutes 5 --batch 24 --lr 4e-3

A checkpoint and the role's tokenizer are written to out/.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor

import problems
import vocab
from model import SHAPES, Llama

ROW = 320
"""Tokens in a training row."""
OUT = Path(__file__).resolve().parent / "out"

Document = tuple[list[int], list[float]]
"""Token ids and, for each, the weight of predicting it."""
Extra = Callable[[random.Random, int], list[Document]]
"""Gives a number of further documents to mix in."""


@dataclass(frozen=True)
class Plan:
    """How long and how fast to train."""

    steps: int
    minutes: float
    lr: float
    batch: int
    """Rows in a step."""
    compiled: bool = True
    """Whether to use torch.compile, which needs a C++ compiler."""


def tokenizer(role: str) -> Tokenizer:
    """The role's tokenizer from out/, trained first if it is not there."""
    path = OUT / f"{role}-tokenizer.json"
    if not path.exists():
        OUT.mkdir(exist_ok=True)
        vocab.train(SHAPES[role].vocab).save(str(path))
    return Tokenizer.from_file(str(path))


def solution_docs(tok: Tokenizer, rng: random.Random, count: int) -> Iterator[Document]:
    """One document a problem; the question's tokens weigh little, the solution's weigh one."""
    made = [problems.make(rng) for _ in range(count)]
    heads = tok.encode_batch([vocab.prompt(p.question) for p in made])
    tails = tok.encode_batch([p.solution + vocab.END + "\n" for p in made])
    for head, tail in zip(heads, tails):
        yield head.ids + tail.ids, [0.05] * len(head.ids) + [1.0] * len(tail.ids)


def rows(tok: Tokenizer, seed: int, extra: Extra | None = None) -> Iterator[Document]:
    """Endless packed rows of ROW + 1 tokens with their weights; `extra` doubles the documents."""
    rng = random.Random(seed)
    pad = tok.token_to_id(vocab.END)
    ids: list[int] = []
    weights: list[float] = []
    while True:
        docs = list(solution_docs(tok, rng, 2000))
        if extra:
            docs += extra(rng, len(docs))
            rng.shuffle(docs)
        for more_ids, more_weights in docs:
            if len(more_ids) > ROW + 1:
                continue
            if len(ids) + len(more_ids) > ROW + 1:
                short = ROW + 1 - len(ids)
                yield ids + [pad] * short, weights + [0.0] * short
                ids, weights = [], []
            ids, weights = ids + more_ids, weights + more_weights


def optimizer(net: Llama, lr: float) -> torch.optim.Optimizer:
    """AdamW, with weight decay on the matrices only."""
    matrices = [p for p in net.parameters() if p.ndim == 2]
    vectors = [p for p in net.parameters() if p.ndim < 2]
    groups = [{"params": matrices, "weight_decay": 0.05}, {"params": vectors, "weight_decay": 0}]
    return torch.optim.AdamW(groups, lr=lr, betas=(0.9, 0.98), fused=True)


def rate(step: int, progress: float) -> float:
    """The learning rate's share at a step: a short rise, then level, then a linear fall from 60% of the way."""
    rise = min(1, (step + 1) / 100)
    fall = 1 if progress < 0.6 else max(0.02, (1 - progress) / 0.4)
    return rise * fall


def weighted_loss(logits: Tensor, ids: Tensor, weights: Tensor) -> Tensor:
    """The mean cross entropy of each next token, by weight."""
    loss = F.cross_entropy(logits.float().flatten(0, 1), ids[:, 1:].flatten(), reduction="none")
    weight = weights[:, 1:]
    return (loss * weight.flatten()).sum() / weight.sum()


def run(role: str, plan: Plan, out: str, start: str | None = None, extra: Extra | None = None) -> None:
    """Trains a role's model, from the checkpoint `start` if there is one, and writes the checkpoint `out`."""
    torch.manual_seed(0)
    tok = tokenizer(role)
    net = Llama(SHAPES[role])
    if start:
        net.load_state_dict(torch.load(start))
    print(role, sum(p.numel() for p in net.parameters()), "parameters", flush=True)
    opt = optimizer(net, plan.lr)
    source = rows(tok, 2 if start else 1, extra)
    fast = torch.compile(net) if plan.compiled else net
    began = time.time()
    total = 0.0
    for step in range(plan.steps):
        spent = (time.time() - began) / 60
        progress = max(step / plan.steps, spent / plan.minutes)
        if progress >= 1:
            break
        for group in opt.param_groups:
            group["lr"] = plan.lr * rate(step, progress)
        ids, weights = (torch.tensor(part) for part in zip(*(next(source) for _ in range(plan.batch))))
        with torch.autocast("cpu", torch.bfloat16):
            logits = fast(ids[:, :-1])
        loss = weighted_loss(logits, ids, weights)
        opt.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        opt.step()
        total += loss.item()
        if (step + 1) % 50 == 0:
            speed = (step + 1) * plan.batch * ROW / (time.time() - began)
            print(f"step {step + 1} loss {total / 50:.4f} {speed:.0f} tok/s {spent:.1f} min", flush=True)
            total = 0.0
        if (step + 1) % 500 == 0:
            torch.save(net.state_dict(), out)
    torch.save(net.state_dict(), out)


def add_plan_options(parser: argparse.ArgumentParser, minutes: float, lr: float, batch: int) -> None:
    """Adds the options that `plan_of` reads, with these defaults."""
    parser.add_argument("--steps", type=int, default=1_000_000, help="stop after this many (default: %(default)s)")
    parser.add_argument("--minutes", type=float, default=minutes, help="stop after this long (default: %(default)s)")
    parser.add_argument("--lr", type=float, default=lr, help="highest learning rate (default: %(default)s)")
    parser.add_argument("--batch", type=int, default=batch, help=f"rows of {ROW} tokens a step (default: %(default)s)")
    parser.add_argument("--no-compile", action="store_true", help="do without torch.compile and a C++ compiler")


def plan_of(options: argparse.Namespace) -> Plan:
    """The plan that the command line asks for."""
    return Plan(options.steps, options.minutes, options.lr, options.batch, compiled=not options.no_compile)


def main() -> None:
    """Trains as the command line asks."""
    parser = argparse.ArgumentParser(description="Trains one model of the demo pair on worked solutions.")
    parser.add_argument("role", choices=SHAPES)
    parser.add_argument("--start", metavar="CHECKPOINT", help="go on from this checkpoint")
    parser.add_argument("--out", metavar="CHECKPOINT", help="where to write (default: out/ROLE.pt)")
    add_plan_options(parser, minutes=30, lr=2e-3, batch=32)
    options = parser.parse_args()
    OUT.mkdir(exist_ok=True)
    run(options.role, plan_of(options), options.out or str(OUT / f"{options.role}.pt"), options.start)


if __name__ == "__main__":
    main()
