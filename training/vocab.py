"""Byte-level BPE tokenizers for the demo pair, and the prompts they are made for.

The pre-tokenizer is the one that llama.cpp calls `qwen2`: one digit a token.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

import problems

END, USER, ASSISTANT = "<|end|>", "<|user|>", "<|assistant|>"
SPECIAL = (END, USER, ASSISTANT)
QWEN2 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)
CHAT_TEMPLATE = (
    "{% for message in messages %}{% if message['role'] == 'assistant' %}"
    "<|assistant|>\n{{ message['content'] }}<|end|>\n"
    "{% else %}<|user|>\n{{ message['content'] }}<|end|>\n{% endif %}{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>\n{% endif %}"
)

VERIFY = (
    "\nNow I will choose the next sequence that could lead to the correct answer. "
    "Option (A): {a}, Option (B): {b}. My choice: Option ("
)
"""MentorCollab-Free's verification prompt, as published."""


def prompt(question: str) -> str:
    """The question in the chat format, up to where the solution begins."""
    return f"{USER}\n{question}{END}\n{ASSISTANT}\n"


def _texts(seed: int, samples: int) -> Iterator[str]:
    """Questions, solutions and verification prompts to count pieces in."""
    rng = random.Random(seed)
    for _ in range(samples):
        problem = problems.make(rng)
        yield problem.question
        yield problem.solution
    for _ in range(2000):
        yield VERIFY


def train(size: int, seed: int = 0, samples: int = 60000) -> Tokenizer:
    """A tokenizer of at most `size` pieces, special ones included."""
    tok = Tokenizer(models.BPE())
    tok.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(QWEN2), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tok.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        special_tokens=list(SPECIAL),
        show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
    )
    tok.train_from_iterator(_texts(seed, samples), trainer)
    return tok
