package dev.parallax.jobs.source;

import dev.parallax.core.drift.BaselineOrder;
import dev.parallax.core.drift.BaselineWire;
import dev.parallax.jobs.state.CodecType;
import java.io.IOException;
import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Takes the orders out of the baselines topic; what cannot be read is counted and passed over. */
final class BaselineOrderDeserializer implements KafkaRecordDeserializationSchema<BaselineOrder> {

  private static final long serialVersionUID = 1L;

  private transient Counter unreadable = new SimpleCounter();

  @Override
  public void open(InitializationContext context) {
    unreadable = context.getMetricGroup().counter("unreadableBaselineOrders");
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<BaselineOrder> out) {
    byte @Nullable [] value = record.value();
    if (value == null) {
      return;
    }
    try {
      BaselineWire.readOrder(value).ifPresent(out::collect);
    } catch (IOException e) {
      unreadable.inc();
    }
  }

  @Override
  public TypeInformation<BaselineOrder> getProducedType() {
    return CodecType.of(BaselineOrderCodec.INSTANCE);
  }
}
