"""A Llama-architecture decoder, small enough to train on a CPU, laid out as llama.cpp's `llama` graph expects."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn


@dataclass(frozen=True)
class Shape:
    """The sizes of a model."""

    vocab: int
    width: int
    layers: int
    heads: int
    hidden: int
    """Width of the feed-forward layers."""
    context: int = 1024
    rope_base: float = 10000.0
    eps: float = 1e-5


SHAPES = {
    "small": Shape(vocab=1024, width=64, layers=2, heads=2, hidden=160),
    "mentor": Shape(vocab=2048, width=192, layers=4, heads=3, hidden=512),
}
"""The two models of the demo pair, by role."""


class RMSNorm(nn.Module):
    """Root-mean-square normalisation with learnt weights."""

    def __init__(self, width: int, eps: float) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.eps = eps

    def forward(self, x: Tensor) -> Tensor:
        return F.rms_norm(x, x.shape[-1:], self.weight.to(x.dtype), self.eps)


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """RoPE over the pairs (x_i, x_{i + D/2}). x: (B, H, T, D). The export permutes to llama.cpp's interleaved pairs."""
    a, b = x.chunk(2, -1)
    return torch.cat((a * cos - b * sin, a * sin + b * cos), -1)


class Block(nn.Module):
    """Causal self-attention and a gated feed-forward layer, both with a residual."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.attn_norm = RMSNorm(shape.width, shape.eps)
        self.ffn_norm = RMSNorm(shape.width, shape.eps)
        self.qkv = nn.Linear(shape.width, 3 * shape.width, bias=False)
        self.out = nn.Linear(shape.width, shape.width, bias=False)
        self.gate_up = nn.Linear(shape.width, 2 * shape.hidden, bias=False)
        self.down = nn.Linear(shape.hidden, shape.width, bias=False)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        b, t, w = x.shape
        q, k, v = self.qkv(self.attn_norm(x)).view(b, t, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        q, k = rotate(q, cos, sin), rotate(k, cos, sin)
        y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.out(y.transpose(1, 2).reshape(b, t, w))
        gate, up = self.gate_up(self.ffn_norm(x)).chunk(2, -1)
        return x + self.down(F.silu(gate) * up)


class Llama(nn.Module):
    """The whole decoder; its output layer is the embedding's transpose."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.embed = nn.Embedding(shape.vocab, shape.width)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.norm = RMSNorm(shape.width, shape.eps)
        for p in self.parameters():
            if p.ndim == 2:
                nn.init.normal_(p, std=0.02 if p.shape[0] == shape.vocab else p.shape[1] ** -0.5)
        for block in self.blocks:
            block.out.weight.data /= (2 * shape.layers) ** 0.5
            block.down.weight.data /= (2 * shape.layers) ** 0.5
        head = shape.width // shape.heads
        angle = torch.arange(shape.context)[:, None] * shape.rope_base ** (-torch.arange(0, head, 2) / head)
        self.register_buffer("cos", angle.cos(), persistent=False)
        self.register_buffer("sin", angle.sin(), persistent=False)

    def hidden(self, tokens: Tensor) -> Tensor:
        """(B, T) token ids to (B, T, width) states after the final norm."""
        x = self.embed(tokens)
        t = tokens.shape[1]
        cos, sin = self.cos[:t], self.sin[:t]
        for block in self.blocks:
            x = block(x, cos.to(x.dtype), sin.to(x.dtype))
        return self.norm(x)

    def forward(self, tokens: Tensor) -> Tensor:
        """(B, T) token ids to (B, T, vocab) logits."""
        return self.hidden(tokens) @ self.embed.weight.T


def load(role: str, path: str) -> Llama:
    """The model of a role from its checkpoint, ready to be asked."""
    net = Llama(SHAPES[role])
    net.load_state_dict(torch.load(path))
    return net.eval()
