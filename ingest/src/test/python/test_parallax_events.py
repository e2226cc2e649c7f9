"""What ``parallax_events`` promises without a broker: python3 -m unittest, in this folder."""

import array
import importlib.util
import os
import pathlib
import sys
import tempfile
import threading
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "main" / "python"))

import check_records  # noqa: E402
import parallax_events as events  # noqa: E402

GOLDEN = pathlib.Path(__file__).parents[1] / "resources" / "client"
NOWHERE = {"bootstrap.servers": "127.0.0.1:1", "log_level": 0}
KEY = bytes(range(16))


def importable(module):
    return importlib.util.find_spec(module) is not None


def event(**changes):
    fields = dict(
        model="search/embedder", model_version="7", vector=events.Vector.of([1, 2]), input_key=KEY
    )
    return events.Event(**{**fields, **changes})


class GoldenFiles(unittest.TestCase):
    def test_the_records_are_those_that_java_writes(self):
        self.assertEqual(0, check_records.main(GOLDEN / "native-events.jsonl"))

    def test_the_keys_are_those_that_java_computes(self):
        self.assertEqual(0, check_records.main(GOLDEN / "input-keys.jsonl"))


class Texts(unittest.TestCase):
    def test_halves_of_a_character_are_joined_and_lone_ones_are_question_marks_as_in_java(self):
        self.assertEqual("\U0001f684", events.canonical("\ud83d\ude84"))
        self.assertEqual("?\U0001f684?", events.canonical("\ude84\ud83d\ude84\ud83d"))


class Vectors(unittest.TestCase):
    def test_each_format_widens_to_its_numbers(self):
        self.assertEqual((1.5, -2.0), tuple(events.Vector.of([1.5, -2]).widened()))
        self.assertEqual((1.5,), tuple(events.Vector(b"\x00\x3e", "F16").widened()))
        self.assertEqual((1.5,), tuple(events.Vector(b"\xc0\x3f", "BF16").widened()))
        self.assertEqual([1.0, -64.5], events.Vector(b"\x03\x80", "I8", 0.5, 1).widened())

    def test_what_is_no_vector_is_refused_with_a_reason(self):
        for values, reason in (
            ([1e39], "not-finite"),
            (b"\x00\x00\x80\x3f", "malformed"),
            ("text", "malformed"),
        ):
            with (
                self.subTest(values=values),
                self.assertRaises(events.RejectedEventError) as caught,
            ):
                events.Vector.of(values)
            self.assertEqual(reason, caught.exception.reason)

    @unittest.skipUnless(importable("numpy"), "numpy is not installed")
    def test_numpy_arrays_of_floats_with_one_axis_are_taken(self):
        import numpy

        self.assertEqual("F16", events.Vector.of(numpy.ones(3, numpy.float16)).dtype)
        self.assertEqual("F32", events.Vector.of(numpy.ones(3, numpy.float64)).dtype)
        self.assertEqual(
            events.Vector.of([0, 2, 4]), events.Vector.of(numpy.arange(6, dtype="f4")[::2])
        )
        for values in (numpy.ones((1, 3)), numpy.ones(3, numpy.int8)):
            with self.assertRaises(events.RejectedEventError):
                events.Vector.of(values)


class Rules(unittest.TestCase):
    NOW = time.time_ns() // 1_000_000

    def reason(self, changed, event_id="id", millis=NOW, limits=events.DEFAULT_LIMITS):
        try:
            limits.check(changed, event_id, millis)
        except events.RejectedEventError as rejection:
            return rejection.reason
        return None

    def test_what_parallax_would_turn_away_is_turned_away(self):
        vector = events.Vector
        cases = (
            (event(), None),
            (event(vector=vector.of([0, 0])), "zero-norm"),
            (event(vector=vector.of([1, float("nan")])), "not-finite"),
            (event(vector=vector.of([1, float("-inf")])), "not-finite"),
            (event(vector=vector(b"\x00\x7c", "F16")), "not-finite"),
            (event(vector=vector(b"\x80\xff", "BF16")), "not-finite"),
            (event(vector=vector(b"\x03\x03", "I8", 0.5, 3)), "zero-norm"),
            (event(vector=vector(b"")), "missing-field"),
            (event(vector=vector(b"\x00" * 5)), "dimension-mismatch"),
            (event(vector=vector(b"\x00" * 8, "F64")), "unknown-dtype"),
            (event(vector=vector(b"\x01" * 16385, "I8")), "too-large"),
            (event(model=""), "missing-field"),
            (event(model="a|b"), "malformed"),
            (event(model="a\x85b"), "malformed"),
            (event(model_version="a/b"), "malformed"),
            (event(model="é" * 129), "too-large"),
            (event(input_key=b"short"), "malformed"),
            (event(input_key=None), "missing-input"),
            (event(input_key=None, input_text="text"), None),
            (event(attributes={str(i): "" for i in range(33)}), "too-large"),
            (event(attributes={"name": "v" * 257}), "too-large"),
            (event(reference=events.Reference("r", [0.0])), "zero-norm"),
            (event(input_tensor=events.Tensor([0.0] * 6, [2, 3])), None),
            (event(input_tensor=events.Tensor([0.0] * 6, [2, 2])), "dimension-mismatch"),
            (event(input_tensor=events.Tensor([1.0], [1] * 9)), "too-large"),
        )
        for changed, reason in cases:
            with self.subTest(event=changed):
                self.assertEqual(reason, self.reason(changed))

    def test_ids_and_times_are_checked(self):
        self.assertEqual("missing-field", self.reason(event(), event_id=""))
        self.assertEqual("too-large", self.reason(event(), event_id="é" * 513))
        self.assertEqual("timestamp", self.reason(event(), millis=self.NOW + 301_000))
        self.assertEqual("timestamp", self.reason(event(), millis=self.NOW - 7 * 86_400_000 - 1000))

    def test_a_secret_may_end_in_a_line_break_and_may_not_be_short(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "secret")
            for content, ok in ((b"s" * 15 + b" \r\n", True), (b"s" * 15 + b"\n", False)):
                with open(path, "wb") as file:
                    file.write(content)
                if ok:
                    self.assertEqual(
                        events.InputKeyHasher(b"s" * 15 + b" ").key_of("a"),
                        events.InputKeyHasher.of_file(path).key_of("a"),
                    )
                else:
                    with self.assertRaises(ValueError):
                        events.InputKeyHasher.of_file(path)


@unittest.skipUnless(importable("confluent_kafka"), "confluent-kafka is not installed")
class PublisherWithoutBroker(unittest.TestCase):
    def assert_adds_up(self, counts, calls):
        failed = counts.dropped["delivery-failed"]
        self.assertEqual(counts.accepted, counts.delivered + failed + counts.queued)
        self.assertEqual(calls, counts.accepted + sum(counts.dropped.values()) - failed)

    def test_a_broker_that_is_away_never_slows_publish(self):
        publisher = events.EmbeddingPublisher(
            {**NOWHERE, "queue.buffering.max.messages": 1000}, "/tests", "topic", send_text=True
        )
        vector = array.array("f", [1.0] * 768)
        took = []
        for _ in range(20_000):
            began = time.perf_counter()
            publisher.publish("model", "1", vector, "text")
            took.append(time.perf_counter() - began)
        took.sort()
        self.assertLess(took[len(took) // 2], 0.001)
        self.assertLess(took[-20], 0.05)
        counts = publisher.counts()
        self.assertEqual((1000, 0, 1000), counts[:3])
        self.assertEqual(19_000, counts.dropped["queue-full"])
        began = time.perf_counter()
        closed = publisher.close(0.2)
        self.assertLess(time.perf_counter() - began, 5)
        self.assertEqual(1000, closed.dropped["delivery-failed"])
        self.assertFalse(publisher.publish("model", "1", vector, "text"))
        self.assertEqual(1, publisher.counts().dropped["closed"])
        self.assert_adds_up(publisher.counts(), 20_001)

    def test_bytes_are_bounded_as_well_as_events(self):
        publisher = events.EmbeddingPublisher(
            {**NOWHERE, "queue.buffering.max.kbytes": 10}, "/tests", "topic", send_text=True
        )
        for _ in range(100):
            publisher.publish("model", "1", [1.0] * 768, "text")
        counts = publisher.close(0)
        self.assertGreater(counts.dropped["queue-full"], 90)
        self.assert_adds_up(counts, 100)

    def test_mistakes_and_bad_events_are_counted_and_not_raised(self):
        publisher = events.EmbeddingPublisher(NOWHERE, "/tests", "topic")
        for arguments in (
            (None, None, None),
            ("model", "1", object(), "text"),
            ("model", "1", ["a"], "text"),
            ("model", "1", [1.0], b"text"),
            ("model", "1", [1.0], "neither a secret nor leave to send"),
            ("model", "1", [0.0], "text"),
        ):
            self.assertFalse(publisher.publish(*arguments))
        self.assertFalse(publisher.publish("model", "1", [1.0], "a" * 65_537))
        self.assertTrue(publisher.publish("model", "1", [1.0], input_key=KEY))
        counts = publisher.close(0)
        self.assertEqual(6, counts.dropped["rejected"])
        self.assertEqual(1, counts.dropped["too-large"])
        self.assertEqual("too-large: input_text of over 65536 bytes", counts.last_rejection)
        self.assert_adds_up(counts, 8)

    def test_threads_that_publish_while_it_closes_are_all_counted(self):
        publisher = events.EmbeddingPublisher(NOWHERE, "/tests", "topic")
        threads = [
            threading.Thread(
                target=lambda: [
                    publisher.publish("model", "1", [1.0], input_key=KEY) for _ in range(3000)
                ]
            )
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        publisher.close(0.05)
        for thread in threads:
            thread.join()
        self.assertEqual(0, publisher.counts().queued)
        self.assert_adds_up(publisher.counts(), 12_000)

    def test_settings_that_cannot_work_fail_at_once(self):
        import confluent_kafka

        with self.assertRaises(ValueError):
            events.EmbeddingPublisher(NOWHERE, "", "topic")
        with self.assertRaises(confluent_kafka.KafkaException):
            events.EmbeddingPublisher({**NOWHERE, "acks": "most"}, "/tests", "topic")


if __name__ == "__main__":
    unittest.main()
