"""Greedy decoding of many texts at once, without a cache: fine for models and texts this small."""

from __future__ import annotations

import torch
from tokenizers import Tokenizer

import vocab
from model import Llama


@torch.no_grad()
def next_tokens(net: Llama, texts: list[list[int]], pad: int) -> list[int]:
    """The likeliest next token of each text."""
    longest = max(map(len, texts))
    ids = torch.tensor([text + [pad] * (longest - len(text)) for text in texts])
    ends = torch.tensor([len(text) - 1 for text in texts])
    with torch.autocast("cpu", torch.bfloat16):
        last = net.hidden(ids)[torch.arange(len(texts)), ends] @ net.embed.weight.T
    return last.argmax(-1).tolist()


def greedy(net: Llama, tok: Tokenizer, prompts: list[list[int]], count: int, batch: int = 128) -> list[list[int]]:
    """Continues each token list by up to `count` tokens, stopping after the end token."""
    end = tok.token_to_id(vocab.END)
    order = sorted(range(len(prompts)), key=lambda i: len(prompts[i]))
    made: list[list[int]] = [[] for _ in prompts]
    for at in range(0, len(order), batch):
        live = order[at : at + batch]
        for _ in range(count):
            if not live:
                break
            for i, token in zip(live, next_tokens(net, [prompts[i] + made[i] for i in live], end)):
                made[i].append(token)
            live = [i for i in live if made[i][-1] != end]
    return made
