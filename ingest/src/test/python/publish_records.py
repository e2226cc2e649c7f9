"""Publishes events of two models to a broker and prints the counts as JSON.

publish_records.py BOOTSTRAP_SERVERS TOPIC SECRET_FILE NUMBER
"""

import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "main" / "python"))

from parallax_events import EmbeddingPublisher  # noqa: E402


def main(bootstrap_servers, topic, secret_file, number):
    publisher = EmbeddingPublisher(
        {"bootstrap.servers": bootstrap_servers}, "/python", topic, secret_file
    )
    for i in range(int(number)):
        for model in ("first", "second"):
            event_id = f"{model} {i}"
            publisher.publish(model, "1", [1.0, i, 0.5], f"text  number {i}", event_id=event_id)
    publisher.publish("first", "1", [0.0, 0.0], "no direction")
    print(json.dumps(publisher.close(30)._asdict()))


if __name__ == "__main__":
    main(*sys.argv[1:])
