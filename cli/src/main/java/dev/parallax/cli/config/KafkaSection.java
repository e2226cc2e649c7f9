package dev.parallax.cli.config;

import dev.parallax.cli.CliException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * How to reach Kafka.
 *
 * @param bootstrapServers brokers to start from, {@code host:port} separated by commas
 * @param clientPropertiesFile further properties of every client
 */
public record KafkaSection(String bootstrapServers, Optional<Path> clientPropertiesFile) {

  /**
   * The further properties, read from their file now. They hold secrets: never print them.
   *
   * @throws CliException if the file cannot be read
   */
  public Map<String, String> clientProperties() {
    if (clientPropertiesFile.isEmpty()) {
      return Map.of();
    }
    Path file = clientPropertiesFile.get();
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw CliException.failure(
          ConfigKeys.KAFKA_CLIENT_PROPERTIES_FILE.name()
              + "="
              + file
              + ": expected a readable properties file, "
              + Unreadable.because(e, file),
          e);
    }
    Map<String, String> map = new TreeMap<>();
    properties.stringPropertyNames().forEach(n -> map.put(n, properties.getProperty(n)));
    return Map.copyOf(map);
  }
}
