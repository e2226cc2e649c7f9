package dev.parallax.ingest.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.parallax.ingest.Mutations;
import dev.parallax.ingest.SampleFiles;
import dev.parallax.ingest.format.RejectedBodyException;
import dev.parallax.ingest.json.JsonTree;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever record comes, an envelope is opened or rejected, within its bound of memory. */
class MutatedRecordsTest {

  private static final int MUTATIONS = 2_000;
  private static final int BYTES_AT_LEAST = 32_768;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final List<String> SAMPLES =
      List.of(
          "kserve-cloudevents/knative-broker-request.record.json",
          "kserve-cloudevents/knative-broker-response.record.json",
          "kserve-cloudevents/structured-request.record.json",
          "kserve-cloudevents/structured-response.record.json",
          "mlserver-kafka/input.record.json",
          "mlserver-kafka/output.record.json",
          "seldon-core-v2/model-inputs.record.json",
          "seldon-core-v2/pipeline-outputs.record.json",
          "oip-v2/binary-response-fp16-and-json-fp32.json");

  @ParameterizedTest
  @EnumSource(Envelope.class)
  void mutatedRecordsAreOpenedOrRejectedWithinTheBound(Envelope envelope) {
    List<byte[]> parts = new ArrayList<>();
    SAMPLES.forEach(path -> parts.addAll(partsOf(SampleFiles.record(path))));
    Mutations mutations = new Mutations(envelope.ordinal(), parts);
    Random random = new Random(envelope.ordinal());
    EnvelopeReader plain = EnvelopeReaders.of(envelope, EnvelopeOptions.NONE);
    EnvelopeReader told =
        EnvelopeReaders.of(
            envelope,
            new EnvelopeOptions(
                Optional.of("mlserver-input"), Optional.of("x-id"), Map.of("type", "*e*t*")));
    SAMPLES.forEach(path -> open(plain, SampleFiles.record(path)));
    for (int i = 0; i < MUTATIONS; i++) {
      SourceRecord record =
          mutated(
              SampleFiles.record(SAMPLES.get(random.nextInt(SAMPLES.size()))), mutations, random);
      long size = partsOf(record).stream().mapToLong(part -> part.length).sum();
      EnvelopeReader reader = random.nextBoolean() ? plain : told;
      long limit = JsonTree.BYTES_PER_BYTE * size + BYTES_AT_LEAST;
      long allocated = allocatedBy(reader, record);
      if (allocated >= limit) {
        // The first run of a line of code may load classes.
        allocated = allocatedBy(reader, record);
      }
      assertThat(allocated).as("mutation %d of %d bytes", i, size).isLessThan(limit);
    }
  }

  @Test
  void mutatedFilesAreReadOrRejected() {
    Mutations mutations = new Mutations(7, SAMPLES.stream().map(SampleFiles::bytes).toList());
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] file = mutations.next();
      try {
        assertThat(WrappedFile.read(file, "file", 0).topic()).isNotNull();
      } catch (RejectedBodyException e) {
        assertThat(e.rejection().detail()).contains("wrapping");
      }
    }
  }

  private static long allocatedBy(EnvelopeReader reader, SourceRecord record) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    open(reader, record);
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  private static void open(EnvelopeReader reader, SourceRecord record) {
    try {
      reader.open(record);
    } catch (RejectedBodyException e) {
      assertThat(e.rejection().detail()).isNotBlank().hasSizeLessThan(2_000);
    }
  }

  private static SourceRecord mutated(SourceRecord record, Mutations mutations, Random random) {
    Headers headers = new RecordHeaders();
    for (Header header : record.headers()) {
      switch (random.nextInt(10)) {
        case 0 -> headers.add(header.key(), mutations.next());
        case 1 -> headers.add(new String(mutations.next(), UTF_8), header.value());
        case 2 -> headers.add(header.key(), null);
        case 3 -> headers.add(header.key(), header.value()).add(header);
        case 4 -> headers.remove(header.key());
        default -> headers.add(header);
      }
    }
    return new SourceRecord(
        random.nextInt(4) == 0 ? new String(mutations.next(), UTF_8) : record.topic(),
        0,
        0,
        0,
        random.nextBoolean() ? mutations.next() : record.key(),
        random.nextInt(4) == 0 ? record.value() : mutations.next(),
        headers);
  }

  private static List<byte[]> partsOf(SourceRecord record) {
    List<byte[]> parts = new ArrayList<>();
    parts.add(record.topic().getBytes(UTF_8));
    if (record.key() != null) {
      parts.add(record.key());
    }
    if (record.value() != null) {
      parts.add(record.value());
    }
    for (Header header : record.headers()) {
      parts.add(header.key().getBytes(UTF_8));
      if (header.value() != null) {
        parts.add(header.value());
      }
    }
    return parts.stream().filter(part -> part.length > 0).toList();
  }
}
