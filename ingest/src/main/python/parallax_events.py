# SPDX-License-Identifier: Apache-2.0
"""Publishes the embeddings of a Python inference service to Parallax.

Copy this one file into the service. It needs ``protobuf`` (3.20 or later) and ``confluent-kafka``
(1.7 or later), and knows numpy arrays without needing numpy::

    publisher = EmbeddingPublisher(
        {"bootstrap.servers": "kafka:9092"},
        source="/search/embedder-7",
        topic="app-embeddings",
        secret_file="/run/secrets/parallax-input-key",
    )
    publisher.publish("search-embedder", "2026-11", vector, text)
    ...
    publisher.close()

``publish`` neither blocks nor raises: what cannot be taken is dropped and counted, see
:meth:`EmbeddingPublisher.counts`. Make one publisher in each process, after any fork.

The bytes of an event are those that the Java client and Parallax itself would write.
"""

from __future__ import annotations

import hashlib
import hmac
import math
import re
import struct
import threading
import time
import unicodedata
import uuid
from dataclasses import dataclass, field
from typing import Any, Dict, List, Mapping, NamedTuple, Optional, Sequence, Tuple, Union

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

__all__ = [
    "Counts",
    "EmbeddingPublisher",
    "Event",
    "InputKeyHasher",
    "Limits",
    "Record",
    "Reference",
    "RejectedEventError",
    "Tensor",
    "Vector",
    "canonical",
    "native_record",
]

QUEUE_FULL = "queue-full"
TOO_LARGE = "too-large"
REJECTED = "rejected"
DELIVERY_FAILED = "delivery-failed"
CLOSED = "closed"
DROP_CAUSES = (QUEUE_FULL, TOO_LARGE, REJECTED, DELIVERY_FAILED, CLOSED)

INPUT_KEY_BYTES = 16
MIN_SECRET_BYTES = 16
MAX_HEADER_BYTES = 1024
MAX_AXES = 8

# What key, headers and field tags add to a record's value, at most.
_RECORD_OVERHEAD_BYTES = 8 * 1024


class RejectedEventError(Exception):
    """An event that Parallax would turn away; ``reason`` is one of its reject reasons."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason


# ------------------------------------------------------------------------------- the message


def _schema() -> descriptor_pb2.FileDescriptorProto:
    """The schema ``embedding_event.proto``, built here so that no protoc is needed."""
    kind = descriptor_pb2.FieldDescriptorProto
    package = "dev.parallax.embedding.v1"
    schema = descriptor_pb2.FileDescriptorProto(
        name="dev/parallax/embedding/v1/embedding_event.proto", package=package, syntax="proto3"
    )
    dtype = schema.enum_type.add(name="Dtype")
    for name, (number, _) in _DTYPES.items():
        dtype.value.add(name=name, number=number)

    def message(name: str, *fields: Tuple[int, str, int, str]) -> descriptor_pb2.DescriptorProto:
        descriptor = schema.message_type.add(name=name)
        for number, field_name, field_type, type_name in fields:
            added = descriptor.field.add(
                name=field_name, number=number, type=field_type, label=kind.LABEL_OPTIONAL
            )
            if type_name:
                added.type_name = f".{package}.{type_name}"
        return descriptor

    event = message(
        "EmbeddingEvent",
        (1, "vector", kind.TYPE_BYTES, ""),
        (2, "dtype", kind.TYPE_ENUM, "Dtype"),
        (3, "dimension", kind.TYPE_UINT32, ""),
        (4, "model", kind.TYPE_STRING, ""),
        (5, "model_version", kind.TYPE_STRING, ""),
        (6, "input_key", kind.TYPE_BYTES, ""),
        (7, "input_text", kind.TYPE_STRING, ""),
        (8, "input_tensor", kind.TYPE_MESSAGE, "Tensor"),
        (9, "reference_vector", kind.TYPE_MESSAGE, "ReferenceVector"),
        (10, "attributes", kind.TYPE_MESSAGE, "EmbeddingEvent.AttributesEntry"),
        (11, "probe", kind.TYPE_BOOL, ""),
        (12, "scale", kind.TYPE_FLOAT, ""),
        (13, "zero_point", kind.TYPE_SINT32, ""),
    )
    event.field[6].proto3_optional = True
    event.field[6].oneof_index = 0
    event.oneof_decl.add(name="_input_text")
    event.field[9].label = kind.LABEL_REPEATED
    entry = event.nested_type.add(name="AttributesEntry")
    entry.options.map_entry = True
    for number, name in ((1, "key"), (2, "value")):
        entry.field.add(name=name, number=number, type=kind.TYPE_STRING, label=kind.LABEL_OPTIONAL)
    tensor = message(
        "Tensor",
        (1, "data", kind.TYPE_BYTES, ""),
        (2, "dtype", kind.TYPE_ENUM, "Dtype"),
        (3, "shape", kind.TYPE_UINT32, ""),
        (4, "scale", kind.TYPE_FLOAT, ""),
        (5, "zero_point", kind.TYPE_SINT32, ""),
    )
    tensor.field[2].label = kind.LABEL_REPEATED
    message(
        "ReferenceVector",
        (1, "vector", kind.TYPE_BYTES, ""),
        (2, "dtype", kind.TYPE_ENUM, "Dtype"),
        (3, "dimension", kind.TYPE_UINT32, ""),
        (4, "reference", kind.TYPE_STRING, ""),
        (5, "scale", kind.TYPE_FLOAT, ""),
        (6, "zero_point", kind.TYPE_SINT32, ""),
    )
    return schema


def _message_class() -> Any:
    """The class of the message, in a pool of its own: the service may know the schema, too."""
    pool = descriptor_pool.DescriptorPool()
    pool.AddSerializedFile(_schema().SerializeToString())
    descriptor = pool.FindMessageTypeByName("dev.parallax.embedding.v1.EmbeddingEvent")
    if hasattr(message_factory, "GetMessageClass"):
        return message_factory.GetMessageClass(descriptor)
    return message_factory.MessageFactory(pool).GetPrototype(descriptor)  # protobuf before 4.22


# ------------------------------------------------------------------------------- vectors

# Number formats of elements: the value of the enum, and bytes of one element.
_DTYPES = {"F32": (0, 4), "F16": (1, 2), "BF16": (2, 2), "I8": (3, 1)}

# numpy's name of a format to ours, and numpy's format of our bytes.
_NUMPY_FORMATS = {
    "float64": ("F32", "<f4"),
    "float32": ("F32", "<f4"),
    "float16": ("F16", "<f2"),
}

VectorLike = Union["Vector", Sequence[float], Any]


@dataclass(frozen=True)
class Vector:
    """A vector as it travels: little-endian bytes with their number format.

    :param data: the elements, little-endian
    :param dtype: ``F32``, ``F16``, ``BF16`` or ``I8``
    :param scale: of ``I8``, where the value is ``scale * (byte - zero_point)``
    :param zero_point: of ``I8``
    """

    data: bytes
    dtype: str = "F32"
    scale: float = 1.0
    zero_point: int = 0

    @staticmethod
    def of(values: VectorLike) -> "Vector":
        """The vector of a sequence of numbers, an ``array.array`` or a numpy array of floats.

        Numbers of 64 bits are rounded to 32; float16, and the bfloat16 of ml_dtypes, are kept.
        """
        if isinstance(values, Vector):
            return values
        if hasattr(values, "dtype") and hasattr(values, "tobytes"):
            return Vector._of_numpy(values)
        if isinstance(values, (bytes, bytearray, memoryview, str)):
            raise RejectedEventError(
                "malformed", f"vector: expected numbers or a Vector, got {type(values).__name__}"
            )
        try:
            return Vector(struct.pack(f"<{len(values)}f", *values))
        except OverflowError:
            raise RejectedEventError(
                "not-finite", "vector: an element is over the range of F32"
            ) from None

    @staticmethod
    def _of_numpy(values: Any) -> "Vector":
        if len(values.shape) != 1:
            raise RejectedEventError(
                "malformed", f"vector: expected one axis, got shape {tuple(values.shape)}"
            )
        name = values.dtype.name
        if name == "bfloat16":
            return Vector(values.view("uint16").astype("<u2").tobytes(), "BF16")
        if name not in _NUMPY_FORMATS:
            raise RejectedEventError(
                "unknown-dtype", f"vector: expected floats, or a Vector for I8, got {name}"
            )
        dtype, numpy_format = _NUMPY_FORMATS[name]
        return Vector(values.astype(numpy_format).tobytes(), dtype)

    @property
    def dimension(self) -> int:
        """Number of elements."""
        return len(self.data) // _DTYPES[self.dtype][1]

    def widened(self) -> Sequence[float]:
        """The elements as numbers."""
        count = self.dimension
        if self.dtype == "F16":
            return struct.unpack(f"<{count}e", self.data)
        if self.dtype == "I8":
            quantised = struct.unpack(f"<{count}b", self.data)
            return [self.scale * (element - self.zero_point) for element in quantised]
        data = self.data
        if self.dtype == "BF16":
            upper_halves = bytearray(4 * count)
            upper_halves[2::4] = data[0::2]
            upper_halves[3::4] = data[1::2]
            data = bytes(upper_halves)
        return struct.unpack(f"<{count}f", data)


class Reference(NamedTuple):
    """A reference vector of the same input, and the id of its reference space."""

    reference_id: str
    vector: VectorLike


class Tensor(NamedTuple):
    """An input that is a tensor: its elements in row-major order, and the lengths of its axes."""

    vector: VectorLike
    shape: Sequence[int]


# ------------------------------------------------------------------------------- input keys

# The characters with the Unicode property White_Space. Neither ``\s`` nor ``str.isspace`` is this
# set: both also hold U+001C to U+001F.
_WHITE_SPACE = re.compile(
    "[\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+"
)


def canonical(text: str) -> str:
    """The canonical form of an input text: NFC, stripped, each run of white space one space."""
    return _WHITE_SPACE.sub(" ", unicodedata.normalize("NFC", _well_formed(text))).strip(" ")


class InputKeyHasher:
    """Computes input keys: the first 16 bytes of an HMAC-SHA-256 of the canonical text."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) < MIN_SECRET_BYTES:
            raise ValueError(
                f"input key secret: expected {MIN_SECRET_BYTES} bytes or more, got {len(secret)}"
            )
        self._secret = secret

    @staticmethod
    def of_file(path: str) -> "InputKeyHasher":
        """A hasher under the bytes of a file, without line breaks at its end."""
        with open(path, "rb") as file:
            return InputKeyHasher(file.read().rstrip(b"\r\n"))

    def key_of(self, text: str) -> bytes:
        """The key of ``text``."""
        digest = hmac.new(self._secret, canonical(text).encode("utf-8"), hashlib.sha256).digest()
        return digest[:INPUT_KEY_BYTES]

    def __repr__(self) -> str:
        return "InputKeyHasher(redacted)"


def _utf8(text: str) -> bytes:
    """The UTF-8 bytes of ``text``; a surrogate without its other half becomes ``?``, as in Java."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
        return joined.encode("utf-8", "replace")


def _well_formed(text: str) -> str:
    return _utf8(text).decode("utf-8")


# ------------------------------------------------------------------------------- events


@dataclass(frozen=True)
class Event:
    """What a native event says of one inference."""

    model: str
    model_version: str
    vector: Vector
    input_key: Optional[bytes] = None
    input_text: Optional[str] = None
    input_tensor: Optional[Tensor] = None
    reference: Optional[Reference] = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    probe: bool = False

    def encode(self) -> bytes:
        """The value of the record: fields in order, attributes sorted as Java sorts strings."""
        head = _EmbeddingEvent(
            vector=self.vector.data,
            dtype=_DTYPES[self.vector.dtype][0],
            dimension=self.vector.dimension,
            model=_well_formed(self.model),
            model_version=_well_formed(self.model_version),
        )
        if self.input_key is not None:
            head.input_key = self.input_key
        if self.input_text is not None:
            head.input_text = _well_formed(self.input_text)
        if self.input_tensor is not None:
            vector = Vector.of(self.input_tensor.vector)
            head.input_tensor.SetInParent()
            head.input_tensor.data = vector.data
            head.input_tensor.dtype = _DTYPES[vector.dtype][0]
            head.input_tensor.shape.extend(self.input_tensor.shape)
            _set_scale(head.input_tensor, vector)
        if self.reference is not None:
            vector = Vector.of(self.reference.vector)
            head.reference_vector.vector = vector.data
            head.reference_vector.dtype = _DTYPES[vector.dtype][0]
            head.reference_vector.dimension = vector.dimension
            head.reference_vector.reference = _well_formed(self.reference.reference_id)
            _set_scale(head.reference_vector, vector)
        tail = _EmbeddingEvent(probe=self.probe)
        _set_scale(tail, self.vector)
        # Serialised messages may be joined. That puts the attributes, whose order Protobuf leaves
        # open, between the fields before and after them, and into an order of our own.
        entries = [
            _EmbeddingEvent(attributes={_well_formed(name): _well_formed(value)})
            for name, value in sorted(self.attributes.items(), key=_utf16_of_name)
        ]
        return b"".join(part.SerializeToString() for part in (head, *entries, tail))


def _set_scale(message: Any, vector: Vector) -> None:
    if vector.dtype == "I8":
        message.scale = vector.scale
        message.zero_point = vector.zero_point


def _utf16_of_name(attribute: Tuple[str, str]) -> bytes:
    return attribute[0].encode("utf-16-be", "surrogatepass")


class Record(NamedTuple):
    """A Kafka record."""

    key: bytes
    value: bytes
    headers: List[Tuple[str, bytes]]


def native_record(event: Event, event_id: str, source: str, event_time_millis: int) -> Record:
    """The record of an event, in CloudEvents' binary mode.

    Its key is the input key or, where Parallax is to compute that, the event's id.
    """
    headers = [
        ("ce_specversion", "1.0"),
        ("ce_id", event_id),
        ("ce_source", source),
        ("ce_type", "dev.parallax.embedding.v1"),
        ("ce_time", _rfc3339(event_time_millis)),
        ("ce_subject", f"{event.model}/{event.model_version}"),
        ("content-type", "application/protobuf"),
    ]
    if event.probe:
        headers.append(("ce_parallaxprobe", "true"))
    key = _utf8(event_id) if event.input_key is None else event.input_key
    return Record(key, event.encode(), [(name, _utf8(text)) for name, text in headers])


def _rfc3339(millis: int) -> str:
    seconds, rest = divmod(millis, 1000)
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds)) + f".{rest:03d}Z"


# ------------------------------------------------------------------------------- the rules


@dataclass(frozen=True)
class Limits:
    """How large and how far off in time an event may be: what Parallax takes unless configured."""

    max_record_bytes: int = 1_000_000
    max_dimension: int = 16_384
    max_text_bytes: int = 65_536
    max_attributes: int = 32
    max_attribute_bytes: int = 256
    max_ahead_seconds: float = 5 * 60
    max_behind_seconds: float = 7 * 24 * 3600

    def check(self, event: Event, event_id: str, event_time_millis: int) -> None:
        """Raises :class:`RejectedEventError` for an event that Parallax would turn away.

        The size of the whole record is not looked at; see :meth:`check_size`.
        """
        self._check_header("id", event_id)
        self._check_name("model", event.model, "")
        self._check_name("model_version", event.model_version, "/")
        self._check_vector("vector", event.vector)
        if event.reference is not None:
            self._check_length("reference_vector.reference", event.reference.reference_id)
            self._check_vector("reference_vector", Vector.of(event.reference.vector))
        if event.input_tensor is not None:
            self._check_tensor(event.input_tensor)
        if len(event.attributes) > self.max_attributes:
            raise RejectedEventError("too-large", f"more than {self.max_attributes} attributes")
        for name, value in event.attributes.items():
            self._check_length("attributes.key", name)
            self._check_length("attributes.value", value)
        if event.input_key is not None and len(event.input_key) != INPUT_KEY_BYTES:
            raise RejectedEventError(
                "malformed",
                f"input_key: expected {INPUT_KEY_BYTES} bytes, got {len(event.input_key)}",
            )
        if event.input_key is None and event.input_text is None:
            raise RejectedEventError(
                "missing-input", "expected an input key, a text and a secret, or a text to be sent"
            )
        ahead_seconds = event_time_millis / 1000 - time.time()
        if not -self.max_behind_seconds <= ahead_seconds <= self.max_ahead_seconds:
            raise RejectedEventError("timestamp", f"event time {ahead_seconds:+.0f} s from now")

    def check_text(self, text: str) -> None:
        """Raises :class:`RejectedEventError` for an input text that is too long, sent or not."""
        if len(text) > self.max_text_bytes or len(_utf8(text)) > self.max_text_bytes:
            raise RejectedEventError("too-large", f"input_text of over {self.max_text_bytes} bytes")

    def check_size(self, record: Record) -> None:
        """Raises :class:`RejectedEventError` for a record that is too large."""
        if len(record.value) > self.max_record_bytes:
            raise RejectedEventError(
                "too-large",
                f"value of {len(record.value)} bytes, limit {self.max_record_bytes}",
            )

    @staticmethod
    def _check_header(name: str, text: str) -> None:
        if not text:
            raise RejectedEventError("missing-field", f"{name}: expected a text, got none")
        if len(text) > MAX_HEADER_BYTES or len(_utf8(text)) > MAX_HEADER_BYTES:
            raise RejectedEventError("too-large", f"{name} of over {MAX_HEADER_BYTES} bytes")

    def _check_name(self, name: str, text: str, also_refused: str) -> None:
        if not text:
            raise RejectedEventError("missing-field", name)
        self._check_length(name, text)
        for index, character in enumerate(text):
            if character == "|" or character in also_refused or _is_control(character):
                raise RejectedEventError(
                    "malformed", f"{name}: character U+{ord(character):04X} at {index}"
                )

    def _check_length(self, name: str, text: str) -> None:
        if len(text) > self.max_attribute_bytes or len(_utf8(text)) > self.max_attribute_bytes:
            raise RejectedEventError(
                "too-large", f"{name} of over {self.max_attribute_bytes} bytes"
            )

    def _check_vector(self, name: str, vector: Vector, may_be_zero: bool = False) -> None:
        if vector.dtype not in _DTYPES:
            raise RejectedEventError("unknown-dtype", f"{name}: {vector.dtype}")
        if not vector.data:
            raise RejectedEventError("missing-field", name)
        if vector.dimension > self.max_dimension:
            raise RejectedEventError(
                "too-large", f"{name} of {vector.dimension} elements, limit {self.max_dimension}"
            )
        if len(vector.data) != vector.dimension * _DTYPES[vector.dtype][1]:
            raise RejectedEventError(
                "dimension-mismatch", f"{name}: {vector.dtype} in {len(vector.data)} bytes"
            )
        # Of the magnitudes of 32-bit floats, a sum in 64 bits is finite exactly where they all are.
        total = sum(map(abs, vector.widened()))
        if not math.isfinite(total):
            raise RejectedEventError("not-finite", f"{name}: an element is NaN or infinite")
        if total == 0 and not may_be_zero:
            raise RejectedEventError("zero-norm", f"{name}: all {vector.dimension} elements are 0")

    def _check_tensor(self, tensor: Tensor) -> None:
        vector = Vector.of(tensor.vector)
        if len(tensor.shape) > MAX_AXES:
            raise RejectedEventError(
                "too-large", f"input_tensor.shape of more than {MAX_AXES} axes"
            )
        self._check_vector("input_tensor", vector, may_be_zero=True)
        if math.prod(tensor.shape) != vector.dimension:
            raise RejectedEventError(
                "dimension-mismatch",
                f"input_tensor: shape {list(tensor.shape)} of {vector.dimension} elements",
            )


DEFAULT_LIMITS = Limits()


def _is_control(character: str) -> bool:
    return character <= "\u001f" or "\u007f" <= character <= "\u009f"


# ------------------------------------------------------------------------------- the publisher


class Counts(NamedTuple):
    """What became of the events handed to a publisher.

    ``accepted = delivered + dropped["delivery-failed"] + queued``, and every call of ``publish``
    is either accepted or dropped for one of the other causes.
    """

    accepted: int
    delivered: int
    queued: int
    dropped: Dict[str, int]
    last_rejection: Optional[str]
    last_failure: Optional[str]


class EmbeddingPublisher:
    """Publishes native events, never at the expense of the inference path. Thread-safe.

    :param producer_config: settings of librdkafka, at least ``bootstrap.servers``; they override
        those that are set here: idempotent, 20 ms linger, no compression (vectors gain little),
        and at most 10,000 events and 32 MiB that no broker has acknowledged yet
    :param source: a URI reference that names this producer, such as ``/search/embedder-7``
    :param topic: a source topic of Parallax
    :param secret_file: the input key secret; the same as that of Parallax, or the keys never join
    :param send_text: whether input texts leave this process; without a secret they have to, unless
        every event brings its input key
    :param limits: what Parallax is configured to take
    :raises ValueError: if the source or the secret cannot be used
    :raises confluent_kafka.KafkaException: if librdkafka refuses a setting
    """

    def __init__(
        self,
        producer_config: Mapping[str, Any],
        source: str,
        topic: str,
        secret_file: Optional[str] = None,
        send_text: bool = False,
        limits: Limits = DEFAULT_LIMITS,
    ) -> None:
        # Here and not above, so that events can be encoded where confluent-kafka is not installed.
        import confluent_kafka

        if not 1 <= len(_utf8(source)) <= MAX_HEADER_BYTES:
            raise ValueError(f"source: expected 1 to {MAX_HEADER_BYTES} bytes")
        self._source = source
        self._topic = topic
        self._hasher = None if secret_file is None else InputKeyHasher.of_file(secret_file)
        self._send_text = send_text
        self._limits = limits
        self._lock = threading.Lock()
        self._accepted = 0
        self._delivered = 0
        self._dropped = dict.fromkeys(DROP_CAUSES, 0)
        self._last_rejection: Optional[str] = None
        self._last_failure: Optional[str] = None
        self._closed = False
        self._settled = False
        config: Dict[str, Any] = {
            "enable.idempotence": True,
            "acks": "all",
            "linger.ms": 20,
            "batch.size": 256 * 1024,
            "compression.type": "none",
            "delivery.timeout.ms": 120_000,
            "message.max.bytes": max(1_000_000, limits.max_record_bytes + _RECORD_OVERHEAD_BYTES),
            "queue.buffering.max.messages": 10_000,
            "queue.buffering.max.kbytes": 32 * 1024,
            # The partition that the Java client would choose.
            "partitioner": "murmur2_random",
            "error_cb": self._on_error,
        }
        config.update(producer_config)
        self._max_queued = int(config["queue.buffering.max.messages"])
        self._producer = confluent_kafka.Producer(config)

    def publish(
        self,
        model: str,
        model_version: str,
        vector: VectorLike,
        text: Optional[str] = None,
        *,
        input_key: Optional[bytes] = None,
        attributes: Optional[Mapping[str, str]] = None,
        reference: Optional[Reference] = None,
        input_tensor: Optional[Tensor] = None,
        probe: bool = False,
        event_id: Optional[str] = None,
        event_time_millis: Optional[int] = None,
    ) -> bool:
        """Publishes one inference. Never waits for Kafka and never raises.

        :param vector: the embedding: numbers, an ``array.array``, a numpy array or a `Vector`
        :param text: the input; its key is computed here where there is a secret
        :param input_key: names the input where there is no text, 16 bytes
        :param attributes: for slices
        :param reference: the reference vector, where this service has one
        :param input_tensor: the input, where the reference takes tensors
        :param probe: whether this is a fixed input that is sent again and again
        :param event_id: unique among the events of this source; a new UUID if absent
        :param event_time_millis: when the inference happened, in ms since 1970; now if absent
        :return: whether the event was taken; if not, it was counted under the cause
        """
        try:
            if self._closed:
                return self._drop(CLOSED)
            self._producer.poll(0)
            if len(self._producer) >= self._max_queued:
                return self._drop(QUEUE_FULL)
            if text is not None:
                self._limits.check_text(text)
                if self._hasher is not None:
                    input_key = self._hasher.key_of(text)
            event = Event(
                model,
                model_version,
                Vector.of(vector),
                input_key,
                text if self._send_text else None,
                input_tensor,
                reference,
                attributes or {},
                probe,
            )
            event_id = str(uuid.uuid4()) if event_id is None else event_id
            if event_time_millis is None:
                event_time_millis = time.time_ns() // 1_000_000
            self._limits.check(event, event_id, event_time_millis)
            record = native_record(event, event_id, self._source, event_time_millis)
            self._limits.check_size(record)
            return self._produce(record)
        except RejectedEventError as rejection:
            self._last_rejection = str(rejection)
            return self._drop(TOO_LARGE if rejection.reason == TOO_LARGE else REJECTED)
        except Exception as mistake:  # of the caller; it must not become a failed inference
            self._last_rejection = f"malformed: {type(mistake).__name__}: {mistake}"
            return self._drop(REJECTED)

    def _produce(self, record: Record) -> bool:
        with self._lock:
            if self._settled:
                self._dropped[CLOSED] += 1
                return False
            self._accepted += 1
        try:
            self._producer.produce(
                self._topic,
                record.value,
                record.key,
                headers=record.headers,
                on_delivery=self._on_delivery,
            )
        except BufferError:
            with self._lock:
                if not self._settled:
                    self._accepted -= 1
                    self._dropped[QUEUE_FULL] += 1
            return False
        except Exception as failure:  # librdkafka's, such as a producer that cannot go on
            self._settle_one(failure)
        return True

    def counts(self) -> Counts:
        """What became of the events up to now."""
        if not self._closed:
            self._producer.poll(0)
        with self._lock:
            return Counts(
                self._accepted,
                self._delivered,
                self._accepted - self._delivered - self._dropped[DELIVERY_FAILED],
                dict(self._dropped),
                self._last_rejection,
                self._last_failure,
            )

    def close(self, timeout: float = 10.0) -> Counts:
        """Takes no more events and waits up to ``timeout`` seconds until those taken are delivered.

        What is not acknowledged by then counts as ``delivery-failed``.
        """
        self._closed = True
        self._producer.flush(timeout)
        with self._lock:
            left = self._accepted - self._delivered - self._dropped[DELIVERY_FAILED]
            self._dropped[DELIVERY_FAILED] += left
            self._settled = True
        if left and hasattr(self._producer, "purge"):
            self._producer.purge()
        return self.counts()

    def __enter__(self) -> "EmbeddingPublisher":
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def _drop(self, cause: str) -> bool:
        with self._lock:
            self._dropped[cause] += 1
        return False

    def _on_delivery(self, error: Any, _: Any) -> None:
        self._settle_one(error)

    def _settle_one(self, failure: Optional[Any]) -> None:
        with self._lock:
            if self._settled:
                return
            if failure is None:
                self._delivered += 1
            else:
                self._dropped[DELIVERY_FAILED] += 1
                self._last_failure = str(failure)

    def _on_error(self, error: Any) -> None:
        self._last_failure = str(error)


_EmbeddingEvent = _message_class()
