package dev.parallax.cli.demo.publish;

import dev.parallax.cli.demo.models.DemoInputs;
import dev.parallax.cli.demo.models.DemoModel;
import dev.parallax.cli.demo.traffic.Malformation;
import dev.parallax.cli.demo.traffic.PlannedEvent;
import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.EventCodec;
import dev.parallax.core.embedding.EventHeaders;
import dev.parallax.core.embedding.EventTime;
import dev.parallax.core.embedding.WireVector;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes planned events as native events with their text, as an inference service would. */
public final class DemoRecords {

  /** Of a plan's events, each of which has an id of its own, if the plan is published once. */
  public static final String SOURCE = "/parallax/demo";

  /** All in one, so that the order of the plan is that of the topic. */
  private static final int PARTITION = 0;

  private final String source;
  private final String topic;
  private final List<DemoModel> models;
  private final DemoInputs inputs;

  /**
   * Records of events.
   *
   * @param source with an event's id names it for ever, as in every CloudEvent
   */
  public DemoRecords(String source, String topic, List<DemoModel> models, DemoInputs inputs) {
    this.source = source;
    this.topic = topic;
    this.models = models;
    this.inputs = inputs;
  }

  /** The record of {@code event}, which {@code vector} answers. */
  ProducerRecord<byte[], byte[]> of(PlannedEvent event, WireVector vector) {
    DemoModel model = models.get(event.model());
    EmbeddingEvent good =
        new EmbeddingEvent(
            model.name(),
            model.version(),
            vector,
            Optional.empty(),
            Optional.of(inputs.text(event.text()).text()),
            Optional.empty(),
            Optional.empty(),
            Map.of("domain", inputs.text(event.text()).domain()),
            false);
    Map<String, String> headers = headers(event, model);
    Optional<Malformation> malformation = event.malformation();
    byte[] value =
        malformation.isPresent() ? malformation.get().value(good) : EventCodec.encode(good);
    if (malformation.isPresent()) {
      headers = malformation.get().headers(headers, event.timeMillis());
    }
    byte[] key = model.subject().getBytes(StandardCharsets.UTF_8);
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, PARTITION, key, value);
    headers.forEach(
        (name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    return record;
  }

  private Map<String, String> headers(PlannedEvent event, DemoModel model) {
    Map<String, String> headers = new TreeMap<>();
    headers.put(EventHeaders.SPEC_VERSION, EventHeaders.SPEC_VERSION_1);
    headers.put(EventHeaders.ID, event.id());
    headers.put(EventHeaders.SOURCE, source);
    headers.put(EventHeaders.TYPE, EventHeaders.TYPE_V1);
    headers.put(EventHeaders.TIME, EventTime.format(event.timeMillis()));
    headers.put(EventHeaders.SUBJECT, model.subject());
    headers.put(EventHeaders.CONTENT_TYPE, EventHeaders.PROTOBUF);
    return headers;
  }
}
