"""Writes a trained model as GGUF, llama.cpp's format.

    python export_gguf.py mentor out/mentor.pt out/demo-mentor.gguf
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass

import gguf
import numpy as np
import torch
from tokenizers import Tokenizer

import vocab
from model import SHAPES, Shape
from train import tokenizer


@dataclass(frozen=True)
class Format:
    """How matrices are stored; vectors are always 32-bit floats."""

    tensor: gguf.GGMLQuantizationType
    file: gguf.LlamaFileType


FORMATS = {
    "q8_0": Format(gguf.GGMLQuantizationType.Q8_0, gguf.LlamaFileType.MOSTLY_Q8_0),
    "f16": Format(gguf.GGMLQuantizationType.F16, gguf.LlamaFileType.MOSTLY_F16),
    "f32": Format(gguf.GGMLQuantizationType.F32, gguf.LlamaFileType.ALL_F32),
}


def interleave(w: np.ndarray, heads: int) -> np.ndarray:
    """Reorders a (heads * D, in) query or key matrix from half-split to interleaved rotary pairs."""
    d = w.shape[0] // heads
    return w.reshape(heads, 2, d // 2, -1).swapaxes(1, 2).reshape(w.shape)


def put_shape(out: gguf.GGUFWriter, shape: Shape) -> None:
    """Adds the sizes that llama.cpp builds its graph from."""
    out.add_vocab_size(shape.vocab)
    out.add_context_length(shape.context)
    out.add_embedding_length(shape.width)
    out.add_block_count(shape.layers)
    out.add_feed_forward_length(shape.hidden)
    out.add_head_count(shape.heads)
    out.add_head_count_kv(shape.heads)
    out.add_rope_dimension_count(shape.width // shape.heads)
    out.add_rope_freq_base(shape.rope_base)
    out.add_layer_norm_rms_eps(shape.eps)


def put_tokenizer(out: gguf.GGUFWriter, tok: Tokenizer, size: int) -> None:
    """Adds the vocabulary, filled up to `size` with unused pieces, and the chat template."""
    pieces = [piece for piece, _ in sorted(tok.get_vocab(with_added_tokens=True).items(), key=lambda entry: entry[1])]
    types = [gguf.TokenType.CONTROL if piece in vocab.SPECIAL else gguf.TokenType.NORMAL for piece in pieces]
    unused = range(len(pieces), size)
    out.add_tokenizer_model("gpt2")
    out.add_tokenizer_pre("qwen2")
    out.add_token_list(pieces + [f"[PAD{i}]" for i in unused])
    out.add_token_types(types + [gguf.TokenType.UNUSED for _ in unused])
    merges = json.loads(tok.to_str())["model"]["merges"]
    out.add_token_merges([merge if isinstance(merge, str) else " ".join(merge) for merge in merges])
    end = tok.token_to_id(vocab.END)
    out.add_eos_token_id(end)
    out.add_eot_token_id(end)
    out.add_bos_token_id(end)
    out.add_pad_token_id(end)
    out.add_add_bos_token(False)
    out.add_add_eos_token(False)
    out.add_chat_template(vocab.CHAT_TEMPLATE)


def named_weights(shape: Shape, state: dict[str, torch.Tensor]) -> dict[str, np.ndarray]:
    """The checkpoint's weights under llama.cpp's names and in its layout."""
    named = {"token_embd.weight": state["embed.weight"].numpy(), "output_norm.weight": state["norm.weight"].numpy()}
    for i in range(shape.layers):
        block = {
            key: state[f"blocks.{i}.{key}.weight"].numpy()
            for key in ("attn_norm", "qkv", "out", "ffn_norm", "gate_up", "down")
        }
        q, k, v = np.split(block["qkv"], 3)
        gate, up = np.split(block["gate_up"], 2)
        weights = {
            "attn_norm": block["attn_norm"],
            "attn_q": interleave(q, shape.heads),
            "attn_k": interleave(k, shape.heads),
            "attn_v": v,
            "attn_output": block["out"],
            "ffn_norm": block["ffn_norm"],
            "ffn_gate": gate,
            "ffn_up": up,
            "ffn_down": block["down"],
        }
        named |= {f"blk.{i}.{key}.weight": w for key, w in weights.items()}
    return named


def export(role: str, state: dict[str, torch.Tensor], path: str, form: Format) -> None:
    """Writes a role's weights, vocabulary and chat template to one file."""
    shape = SHAPES[role]
    out = gguf.GGUFWriter(path, "llama")
    out.add_name(f"MentorCollab demo {role}")
    out.add_license("mit")
    out.add_description("Trained on synthetic arithmetic stories, orderings and facts to show MentorCollab offline.")
    out.add_file_type(form.file)
    put_shape(out, shape)
    put_tokenizer(out, tokenizer(role), shape.vocab)
    for key, weights in named_weights(shape, state).items():
        if weights.ndim == 1 or form.tensor == gguf.GGMLQuantizationType.F32:
            out.add_tensor(key, weights)
        else:
            out.add_tensor(key, gguf.quants.quantize(weights, form.tensor), raw_dtype=form.tensor)
    out.write_header_to_file()
    out.write_kv_data_to_file()
    out.write_tensors_to_file()
    out.close()


def main() -> None:
    """Exports as the command line asks."""
    parser = argparse.ArgumentParser(description="Writes a trained model as GGUF.")
    parser.add_argument("role", choices=SHAPES)
    parser.add_argument("checkpoint")
    parser.add_argument("file", help="the GGUF file to write")
    parser.add_argument("--type", choices=FORMATS, default="q8_0", help="of the matrices (default: %(default)s)")
    options = parser.parse_args()
    export(options.role, torch.load(options.checkpoint), options.file, FORMATS[options.type])


if __name__ == "__main__":
    main()
