package dev.parallax.endtoend.alerts;

import dev.parallax.cli.demo.models.BundledDemoEncoders;
import dev.parallax.cli.demo.models.DemoEncoder;
import dev.parallax.cli.demo.models.DemoFleet;
import dev.parallax.cli.demo.models.DemoModel;
import dev.parallax.cli.demo.models.Encoding;
import dev.parallax.cli.demo.models.TextEncoder;
import dev.parallax.cli.demo.models.VectorStore;
import dev.parallax.cli.demo.publish.SimulatedClock;
import dev.parallax.cli.demo.publish.TrafficPublisher;
import dev.parallax.cli.demo.stack.DemoSettings;
import dev.parallax.cli.demo.stack.DemoStack;
import dev.parallax.cli.demo.traffic.CorpusText;
import dev.parallax.cli.demo.traffic.TrafficShape;
import dev.parallax.cli.demo.traffic.WordNetCorpus;
import dev.parallax.core.drill.FaultKind;
import dev.parallax.core.drill.Shadow;
import dev.parallax.core.drill.VectorFault;
import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.InputKeyHasher;
import dev.parallax.core.embedding.WireVector;
import dev.parallax.ingest.client.NativeEventRecord;
import dev.parallax.onnx.cache.ParallaxCache;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Producer;

/**
 * Three real models that answer real texts, and the shadow of one of them, in event time that runs
 * faster than the clock. One model and the shadow can be broken and repaired while they answer.
 */
final class WatchedModels implements Runnable {

  static final String BROKEN = DemoFleet.MODELS.get(DemoFleet.BROKEN).name();
  static final String SHADOW = Shadow.of(DemoFleet.MODELS.get(0).name());

  /** Distinct texts, of which each pane asks about most: few, as each is encoded four times. */
  private static final int TEXTS = 480;

  private static final String SOURCE = "/parallax/end-to-end";

  private final TrafficShape shape;
  private final int speed;
  private final SimulatedClock clock;
  private final Producer<byte[], byte[]> producer;
  private final List<CorpusText> texts;
  private final Map<DemoEncoder, List<float[]>> vectors = new HashMap<>();
  private final VectorFault drilled;
  private final InputKeyHasher keys = DemoStack.secret().newHasher();
  private final AtomicLong pane = new AtomicLong();
  private volatile boolean modelBroken;
  private volatile boolean shadowBroken;
  private volatile boolean stopped;

  WatchedModels(TrafficShape shape, int speed, SimulatedClock clock, String bootstrapServers) {
    this.shape = shape;
    this.speed = speed;
    this.clock = clock;
    this.producer = TrafficPublisher.producer(bootstrapServers);
    this.texts = WordNetCorpus.load().choose(TEXTS, shape.seed());
    BundledDemoEncoders encoders = new BundledDemoEncoders(ParallaxCache.locate());
    for (DemoEncoder encoder : DemoEncoder.values()) {
      vectors.put(encoder, encode(encoders, Encoding.of(encoder)));
    }
    this.drilled =
        VectorFault.of(FaultKind.ROTATED_BASIS, vectors.get(DemoFleet.MODELS.get(0).encoder()));
  }

  private List<float[]> encode(BundledDemoEncoders encoders, Encoding encoding) {
    List<float[]> encoded = new ArrayList<>();
    try (VectorStore kept = encoders.store(encoding);
        TextEncoder encoder = encoders.open(encoding)) {
      for (CorpusText text : texts) {
        var key = keys.keyOf(text.text());
        Optional<float[]> vector = kept.get(key);
        if (vector.isEmpty()) {
          kept.put(key, encoder.encode(text.text()));
        }
        encoded.add(vector.orElseGet(() -> encoder.encode(text.text())));
      }
    }
    return encoded;
  }

  /** Answers until stopped. */
  @Override
  public void run() {
    try {
      long begin = System.nanoTime();
      for (int i = 0; !stopped; i++) {
        publish(i, begin);
        pane.set(i + 1L);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      producer.close();
    }
  }

  private void publish(int number, long begin) throws InterruptedException {
    boolean model = modelBroken;
    boolean shadow = shadowBroken;
    Random random = new Random(shape.seed() + number);
    List<Integer> asked = new ArrayList<>();
    for (int i = 0; i < TEXTS; i++) {
      asked.add(i);
    }
    Collections.shuffle(asked, random);
    long length = shape.pane().toMillis();
    for (int i = 0; i < shape.inputsPerPane() && !stopped; i++) {
      long time = shape.startOf(number) + i * length / shape.inputsPerPane();
      awaitWall(begin, time - shape.startOf(0));
      clock.advanceTo(time);
      int text = asked.get(i);
      for (int m = 0; m < DemoFleet.MODELS.size(); m++) {
        DemoModel each = DemoFleet.MODELS.get(m);
        // The broken model answers with the vectors of another: somebody deployed the wrong one.
        DemoEncoder encoder =
            model && m == DemoFleet.BROKEN ? each.encoder().ofAnotherFamily() : each.encoder();
        send(
            each.name(), each.version(), text, WireVector.of(vectors.get(encoder).get(text)), time);
      }
      float[] own = vectors.get(DemoFleet.MODELS.get(0).encoder()).get(text);
      send(
          SHADOW,
          DemoFleet.MODELS.get(0).version(),
          text,
          shadow ? drilled.answer(own) : WireVector.of(own),
          time);
    }
  }

  private void send(String model, String version, int text, WireVector vector, long time) {
    String input = texts.get(text).text();
    EmbeddingEvent event =
        EmbeddingEvent.of(model, version, vector, keys.keyOf(input)).withInputText(input);
    producer.send(
        NativeEventRecord.of(
            event, model + "-" + time + "-" + text, SOURCE, time, DemoSettings.SOURCE_TOPIC));
  }

  private void awaitWall(long begin, long eventMillis) throws InterruptedException {
    long left = begin + eventMillis * 1_000_000 / speed - System.nanoTime();
    if (left > 5_000_000) {
      Thread.sleep(left / 1_000_000);
    }
  }

  /** Panes that were published as a whole. */
  long panes() {
    return pane.get();
  }

  /** Breaks or repairs the model from the next pane on; says when that begins, event time. */
  Instant setModelBroken(boolean broken) {
    modelBroken = broken;
    return Instant.ofEpochMilli(shape.startOf((int) pane.get() + 1));
  }

  /** The same of the shadow. */
  Instant setShadowBroken(boolean broken) {
    shadowBroken = broken;
    return Instant.ofEpochMilli(shape.startOf((int) pane.get() + 1));
  }

  void stop() {
    stopped = true;
  }
}
