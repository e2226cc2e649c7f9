package dev.parallax.ingest.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.ingest.SampleFiles;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvelopeSnifferTest {

  @ParameterizedTest
  @CsvSource({
    "kserve-cloudevents/knative-broker-request.record.json,CLOUDEVENTS",
    "kserve-cloudevents/structured-response.record.json,CLOUDEVENTS",
    "mlserver-kafka/input.record.json,CLOUDEVENTS",
    "mlserver-kafka/output.record.json,CLOUDEVENTS",
    "seldon-core-v2/model-inputs.record.json,SELDON",
    "seldon-core-v2/pipeline-outputs.record.json,SELDON",
    "openinference-otlp/otlp-json-export.record.json,RAW",
    "openai-embeddings/request-string-float.json,RAW",
  })
  void aSampleLooksLikeItsEnvelope(String file, Envelope envelope) {
    assertThat(EnvelopeSniffer.sniff(SampleFiles.record(file))).isEqualTo(envelope);
  }

  @ParameterizedTest
  @CsvSource({
    "app,x-request-id,{},RAW",
    "prod.seldon.ns.model.name.inputs,other,{},SELDON",
    "app,seldon-pipeline-errors,{},SELDON",
    "app,Ce-Id,{},CLOUDEVENTS",
    "app,other,'[{\"specversion\":\"1.0\",\"type\":\"t\",\"source\":\"s\",\"id\":\"1\",\"data\":1}]',"
        + "CLOUDEVENTS",
    "app,other,'{\"type\":\"t\",\"id\":\"1\",\"data\":1}',RAW",
  })
  void oneTraceIsEnoughUnlessManyLeaveIt(
      String topic, String header, String value, Envelope envelope) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(header, "1".getBytes(StandardCharsets.UTF_8));

    SourceRecord record =
        new SourceRecord(topic, 0, 0, 0, null, value.getBytes(StandardCharsets.UTF_8), headers);

    assertThat(EnvelopeSniffer.sniff(record)).isEqualTo(envelope);
  }
}
