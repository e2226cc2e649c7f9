"""Compares what ``parallax_events`` makes of each line of a file with what Java made of it.

    check_records.py FILE.jsonl

A line is either an event with the record that Java wrote, or a text with its canonical form and
its key. Prints ``N equal`` and exits 0, or the differences and 1.
"""

import array
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "main" / "python"))

import parallax_events as events  # noqa: E402


def vector_of(fields):
    return events.Vector(
        bytes.fromhex(fields["data"]),
        fields["dtype"],
        fields.get("scale", 1.0),
        fields.get("zeroPoint", 0),
    )


def event_of(fields, vector):
    tensor = fields.get("inputTensor")
    reference = fields.get("reference")
    key = fields.get("inputKey")
    return events.Event(
        fields["model"],
        fields["modelVersion"],
        vector,
        None if key is None else bytes.fromhex(key),
        fields.get("inputText"),
        None if tensor is None else events.Tensor(vector_of(tensor), tensor["shape"]),
        None if reference is None else events.Reference(reference["id"], vector_of(reference)),
        fields.get("attributes", {}),
        fields.get("probe", False),
    )


def same_vectors(fields):
    """The vector of a line in every form in which a service may have it."""
    vector = vector_of(fields["vector"])
    yield vector
    if vector.dtype == "F32":
        values = vector.widened()
        yield events.Vector.of(values)
        yield events.Vector.of(list(values))
        yield events.Vector.of(array.array("f", values))
        yield events.Vector.of(array.array("d", values))
    try:
        import numpy
    except ImportError:
        return
    formats = {"F32": ("<f4", ">f4", "<f8"), "F16": ("<f2", ">f2")}.get(vector.dtype, ())
    for numpy_format in formats:
        values = numpy.frombuffer(vector.data, formats[0]).astype(numpy_format)
        yield events.Vector.of(values)


def differences_of(line):
    if "canonical" in line:
        key = events.InputKeyHasher(bytes.fromhex(line["secret"])).key_of(line["text"])
        yield from difference("canonical form", line["canonical"], events.canonical(line["text"]))
        yield from difference("key", line["key"], key.hex())
        return
    for vector in same_vectors(line):
        record = events.native_record(
            event_of(line, vector), line["id"], line["source"], line["timeMillis"]
        )
        yield from difference("key", line["record"]["key"], record.key.hex())
        yield from difference("value", line["record"]["value"], record.value.hex())
        headers = [[name, value.hex()] for name, value in record.headers]
        yield from difference("headers", line["record"]["headers"], headers)


def difference(what, java, python):
    if java != python:
        yield f"{what}\n  Java   {java!a}\n  Python {python!a}"


def main(path):
    equal = 0
    failed = False
    with open(path, encoding="utf-8") as file:
        for number, text in enumerate(file, 1):
            differences = list(differences_of(json.loads(text)))
            for found in differences:
                print(f"{path}:{number}: {found}")
            failed |= bool(differences)
            equal += not differences
    print(f"{equal} equal")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
