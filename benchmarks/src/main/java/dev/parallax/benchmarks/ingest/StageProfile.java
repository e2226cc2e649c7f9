package dev.parallax.benchmarks.ingest;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the stream threads are while they run, by Flight Recorder's samples: each belongs to the
 * first stage below that one of its frames is in, from the innermost outwards.
 */
final class StageProfile {

  private static final Duration PERIOD = Duration.ofMillis(10);

  private static final Map<String, String> STAGES = stages();

  private final Recording recording = new Recording();

  StageProfile() {
    recording.enable("jdk.ExecutionSample").withPeriod(PERIOD);
    recording.start();
  }

  private static Map<String, String> stages() {
    Map<String, String> stages = new LinkedHashMap<>();
    stages.put("dev.parallax.ingest.SeenEvents", "remember the event (digest, store, changelog)");
    stages.put("dev.parallax.core.embedding.EventValidator", "validate");
    stages.put("dev.parallax.core.embedding.EventCodec", "decode");
    stages.put("dev.parallax.ingest.source", "read headers, settle the key");
    stages.put("dev.parallax.ingest.IngestCounters", "count");
    stages.put("org.apache.kafka.clients.producer", "hand to the producer");
    stages.put("org.apache.kafka.streams.processor.internals.RecordCollector", "write");
    stages.put("org.apache.kafka.clients.consumer", "fetch");
    stages.put("org.apache.kafka.streams.processor.internals.TaskExecutor", "Kafka Streams");
    stages.put("org.apache.kafka.streams", "Kafka Streams");
    return stages;
  }

  void print(PrintStream out) throws IOException {
    Path file = Files.createTempFile("parallax-benchmark-", ".jfr");
    recording.dump(file);
    recording.close();
    Map<String, Integer> samples = new LinkedHashMap<>();
    int all = 0;
    try (RecordingFile events = new RecordingFile(file)) {
      while (events.hasMoreEvents()) {
        RecordedEvent event = events.readEvent();
        RecordedThread thread = event.getThread("sampledThread");
        if (thread != null
            && String.valueOf(thread.getJavaName()).contains("StreamThread")
            && event.getStackTrace() != null) {
          samples.merge(stage(event), 1, Integer::sum);
          all++;
        }
      }
    }
    Files.delete(file);
    out.println("where the stream thread is, by " + all + " samples:");
    int total = Math.max(1, all);
    samples.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .forEach(
            stage ->
                out.printf(
                    "  %3d of 100  %s%n",
                    Math.round(100.0 * stage.getValue() / total), stage.getKey()));
  }

  private static String stage(RecordedEvent event) {
    for (RecordedFrame frame : event.getStackTrace().getFrames()) {
      String type = frame.getMethod().getType().getName();
      for (Map.Entry<String, String> stage : STAGES.entrySet()) {
        if (type.startsWith(stage.getKey())) {
          return stage.getValue();
        }
      }
    }
    return "elsewhere";
  }
}
