"""Writes expected.json. See README.md."""

import hashlib
import json
import sys
from pathlib import Path

from tokenizers import Tokenizer, __version__

from texts import TEXTS

# Tokenizer file (as in the jars of the weights) and the length of the manifest.
ENCODERS = {
    "all-minilm-l6-v2": ("all-minilm-l6-v2-tokenizer.json", 256),
    "bge-small-en-v1.5-q": ("bge-small-en-v1.5-q-tokenizer.json", 512),
    "e5-small-v2-q": ("e5-small-v2-q-tokenizer.json", 512),
}


def whole(text):
    return text if isinstance(text, str) else text[0] * text[1]


def well_formed(text):
    """Pairs made characters, unpaired surrogates U+FFFD, one each."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def main(folder):
    encoders = {}
    for name, (file, length) in ENCODERS.items():
        tokenizer = Tokenizer.from_file(str(Path(folder) / file))
        tokenizer.no_padding()
        tokenizer.enable_truncation(max_length=length)
        encoders[name] = {
            "maxLength": length,
            "tokenizerSha256": hashlib.sha256((Path(folder) / file).read_bytes()).hexdigest(),
            "ids": {k: tokenizer.encode(well_formed(whole(v))).ids for k, v in TEXTS.items()},
        }
    expected = {"madeBy": f"tokenizers {__version__}", "texts": TEXTS, "encoders": encoders}
    text = json.dumps(expected, ensure_ascii=True, separators=(",", ":"))
    text = text.replace("],", "],\n")  # some lines, for comparisons to be readable
    Path(__file__).with_name("expected.json").write_text(text + "\n")


main(sys.argv[1])
