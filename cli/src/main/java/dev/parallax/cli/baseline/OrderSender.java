package dev.parallax.cli.baseline;

import dev.parallax.cli.CliException;
import dev.parallax.cli.config.ParallaxConfig;
import dev.parallax.cli.kafka.Brokers;
import dev.parallax.core.drift.Approval;
import dev.parallax.core.drift.BaselineOrder;
import dev.parallax.core.drift.BaselineWire;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes orders to the baselines topic. */
final class OrderSender {

  private OrderSender() {}

  /** In the name of who runs the command, now. */
  static Approval approval(Optional<String> override) {
    return new Approval(
        System.getProperty("user.name", "unknown"), System.currentTimeMillis(), override);
  }

  /**
   * Writes orders and waits until they are there.
   *
   * @throws CliException if one cannot be written
   */
  static void send(ParallaxConfig config, List<BaselineOrder> orders) {
    Map<String, Object> settings = new HashMap<>(config.kafka().clientProperties());
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, config.kafka().bootstrapServers());
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Brokers.PATIENCE.toMillis());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (BaselineOrder order : orders) {
        sent.add(
            producer.send(
                new ProducerRecord<>(
                    config.topics().names().baselines(),
                    order.key().getBytes(StandardCharsets.UTF_8),
                    BaselineWire.write(order))));
      }
      for (Future<RecordMetadata> future : sent) {
        future.get();
      }
    } catch (KafkaException | ExecutionException e) {
      throw CliException.failure("the order cannot be written: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CliException.failure("interrupted while an order was written", e);
    }
  }
}
