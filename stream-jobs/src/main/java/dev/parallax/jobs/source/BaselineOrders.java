package dev.parallax.jobs.source;

import dev.parallax.core.drift.Approval;
import dev.parallax.core.drift.BaselineOrder;
import dev.parallax.core.window.Series;
import dev.parallax.jobs.MonitorConfig;
import dev.parallax.jobs.state.CodecType;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * What people want done with baselines. Orders have no event time: each holds from the next pane of
 * its series on, and their source never holds time back.
 */
public final class BaselineOrders {

  private static final String NAME = "baseline-orders";

  /** A record may be as large as a baseline, and a fetch takes one whatever its size. */
  private static final String FETCH_BYTES = String.valueOf(4 << 20);

  private BaselineOrders() {}

  /**
   * Orders as they come. A new group reads all of them: an order names its baseline, so an old one
   * does nothing.
   */
  public static DataStream<BaselineOrder> live(
      StreamExecutionEnvironment env, MonitorConfig config) {
    Properties properties = new Properties();
    properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.setProperty(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
    properties.putAll(config.clientProperties());
    KafkaSource<BaselineOrder> source =
        KafkaSource.<BaselineOrder>builder()
            .setBootstrapServers(config.bootstrapServers())
            .setGroupId(config.groupId() + "-baselines")
            .setTopics(config.topics().baselines())
            .setProperties(properties)
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setDeserializer(new BaselineOrderDeserializer())
            .build();
    WatermarkStrategy<BaselineOrder> timeless =
        WatermarkStrategy.<BaselineOrder>forGenerator(context -> new NoTime())
            .withTimestampAssigner((order, kafkaTime) -> Long.MIN_VALUE);
    return env.fromSource(source, timeless, NAME).uid(NAME).setParallelism(1);
  }

  /** No orders, as in a replay. */
  public static DataStream<BaselineOrder> none(StreamExecutionEnvironment env) {
    return env.fromSequence(0, 0)
        .name(NAME)
        .uid("no-" + NAME)
        .setParallelism(1)
        .filter(number -> false)
        .setParallelism(1)
        .map(BaselineOrders::never)
        .returns(CodecType.of(BaselineOrderCodec.INSTANCE))
        .setParallelism(1);
  }

  private static BaselineOrder never(Long number) {
    return new BaselineOrder(
        BaselineOrder.Kind.ARM,
        Series.of("", "", ""),
        "",
        new Approval("", number, Optional.empty()));
  }

  /**
   * Says at once, and again and again, that this source takes no part in time. A watermark at the
   * end of time would hold nothing back either, but once all events' partitions were idle it would
   * be the only one, and end time for good.
   */
  private static final class NoTime implements WatermarkGenerator<BaselineOrder> {
    @Override
    public void onEvent(BaselineOrder order, long timestamp, WatermarkOutput output) {
      output.markIdle();
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      output.markIdle();
    }
  }
}
