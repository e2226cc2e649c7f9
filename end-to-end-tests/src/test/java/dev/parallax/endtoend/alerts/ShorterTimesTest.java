package dev.parallax.endtoend.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parallax.endtoend.RepositoryFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShorterTimesTest {

  private static final int FACTOR = 60;
  private static final Pattern TIME = Pattern.compile("(?<![A-Za-z0-9_:])\\d+(ms|[smhd])\\b");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "grafana/prometheus/prometheus.yml",
        "grafana/prometheus/rules/parallax.yml",
        "grafana/prometheus/rules/parallax-recording.yml",
        "grafana/alertmanager/alertmanager.yml"
      })
  void everyTimeIsShorterByTheFactorAndNothingElseIsChanged(String path) {
    JsonNode before = RepositoryFiles.yaml(path);
    JsonNode after = new ShorterTimes(FACTOR).of(before);

    assertThat(withoutTimes(after)).isEqualTo(withoutTimes(before));
    // Milliseconds are the shortest that Prometheus knows.
    assertThat(times(after))
        .isEqualTo(times(before).stream().map(time -> time / FACTOR).toList())
        .isNotEqualTo(times(before));
  }

  /** The file without its texts for people, in which times are said in words. */
  private static String machinePart(JsonNode file) {
    return file.toString().replaceAll("\"annotations\":\\{[^{}]*(\\{[^{}]*}[^{}]*)*}", "");
  }

  private static String withoutTimes(JsonNode file) {
    return TIME.matcher(machinePart(file)).replaceAll("T");
  }

  private static List<Long> times(JsonNode file) {
    List<Long> times = new ArrayList<>();
    TIME.matcher(machinePart(file))
        .results()
        .map(MatchResult::group)
        .forEach(time -> times.add(ShorterTimes.duration(time).toMillis()));
    return times;
  }
}
