"""Writes expected.json. See README.md."""

import base64
import json
import sys
from pathlib import Path

import numpy
import onnx
from onnx.reference import ReferenceEvaluator
from onnx.reference.op_run import OpRun
from tokenizers import Tokenizer

TEXTS = [
    "Interest rates rose again, and the market did not care.",
    "na\u00efve \u6f22\u5b57 \U0001f600 -- 3.14",
    "",
]

# Length, prefix and pooling as the models' own cards say.
ENCODERS = {
    "all-minilm-l6-v2": (256, "", "mean"),
    "all-minilm-l6-v2-q": (256, "", "mean"),
    "bge-small-en-v1.5-q": (512, "", "cls"),
    "e5-small-v2-q": (512, "query: ", "mean"),
}


class DequantizeLinear(OpRun):
    """Of operator set 10, per tensor; the evaluator begins at 19."""

    op_domain = ""

    def _run(self, x, scale, zero_point, **_):
        steps = x.astype(numpy.int32) - zero_point.astype(numpy.int32)
        return (steps.astype(numpy.float32) * scale,)


def vector(tokenizer, model, text, pooling):
    ids = numpy.array([tokenizer.encode(text).ids], dtype=numpy.int64)
    inputs = {
        "input_ids": ids,
        "attention_mask": numpy.ones_like(ids),
        "token_type_ids": numpy.zeros_like(ids),
    }
    tokens = model.run(None, inputs)[0][0].astype(numpy.float64)
    pooled = tokens[0] if pooling == "cls" else tokens.mean(axis=0)
    return pooled / numpy.linalg.norm(pooled)


def main(folder):
    vectors = {}
    for name, (length, prefix, pooling) in ENCODERS.items():
        tokenizer = Tokenizer.from_file(str(folder / f"{name}-tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.enable_truncation(max_length=length)
        model = ReferenceEvaluator(onnx.load(folder / f"{name}.onnx"), new_ops=[DequantizeLinear])
        vectors[name] = [
            base64.b64encode(
                vector(tokenizer, model, prefix + text, pooling).astype("<f4").tobytes()
            ).decode()
            for text in TEXTS
        ]
    expected = {"madeBy": f"onnx {onnx.__version__}", "texts": TEXTS, "vectors": vectors}
    Path(__file__).with_name("expected.json").write_text(json.dumps(expected, indent=1) + "\n")


main(Path(sys.argv[1]))
