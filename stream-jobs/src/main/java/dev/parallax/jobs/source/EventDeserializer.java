package dev.parallax.jobs.source;

import dev.parallax.jobs.state.CodecType;
import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Flink's view of {@link RawEventReader}. */
public final class EventDeserializer implements KafkaRecordDeserializationSchema<SourceRecord> {

  private static final long serialVersionUID = 1L;

  private final String reference;
  private transient RawEventReader reader;

  /** A deserializer for events that are compared with the reference of this id. */
  public EventDeserializer(String reference) {
    this.reference = reference;
  }

  @Override
  public void open(InitializationContext context) {
    reader = new RawEventReader(reference);
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<SourceRecord> out) {
    out.collect(reader.read(record));
  }

  @Override
  public TypeInformation<SourceRecord> getProducedType() {
    return CodecType.of(SourceRecordCodec.INSTANCE);
  }
}
