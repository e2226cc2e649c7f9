package dev.parallax.endtoend;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The services of {@code docker-compose.yml} with the demo's traffic, under a name and on ports of
 * their own. Their images must have been built.
 */
final class ComposeStack implements AutoCloseable {

  private static final Duration COMMAND_LIMIT = Duration.ofMinutes(4);

  private final String project = "parallax-it-" + ProcessHandle.current().pid();
  private final Path root = RepositoryFiles.path(".").toAbsolutePath().normalize();
  private final Path logs;
  private final List<String> compose;
  private final Map<String, String> environment = new TreeMap<>();

  /**
   * Prepares a start.
   *
   * @param config configuration of Parallax, of every service
   * @param logs folder for what the services said
   */
  ComposeStack(Path config, Path logs) throws IOException {
    this.logs = Files.createDirectories(logs);
    environment.put("PARALLAX_CONFIG", config.toString());
    environment.put("GRAFANA_ADMIN_PASSWORD", "not-a-secret");
    for (String port :
        List.of(
            "KAFKA_PORT",
            "PARALLAX_PAGE_PORT",
            "PROMETHEUS_PORT",
            "ALERTMANAGER_PORT",
            "GRAFANA_PORT")) {
      environment.put(port, String.valueOf(freePort()));
    }
    List<String> command = new ArrayList<>(dockerCompose());
    command.addAll(
        List.of(
            "-p",
            project,
            "-f",
            "docker-compose.yml",
            "-f",
            "end-to-end-tests/docker/compose.test.yaml",
            "--profile",
            "demo"));
    this.compose = List.copyOf(command);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  /** The plugin, or the program of its own that came before. */
  private List<String> dockerCompose() {
    try {
      run(List.of("docker", "compose", "version"));
      return List.of("docker", "compose");
    } catch (AssertionError e) {
      return List.of("docker-compose");
    }
  }

  void up() {
    compose("up", "-d", "--no-build");
  }

  /** Where a port of the file is published. */
  String address(String variable) {
    return "127.0.0.1:" + environment.get(variable);
  }

  void stop(String service) {
    compose("stop", service);
  }

  /**
   * Services that run for ever, all but those that have done what they had to, by what the engine
   * says of them.
   */
  Map<String, String> states() {
    Map<String, String> states = new TreeMap<>();
    String format = "{{.Label \"com.docker.compose.service\"}}\t{{.Status}}";
    for (String line :
        docker("ps", "-a", "--filter", ofProject(), "--format", format).split("\n")) {
      String[] parts = line.split("\t");
      states.put(parts[0], parts[1]);
    }
    states.values().removeIf(status -> status.startsWith("Exited (0)"));
    return states;
  }

  /** Ends the first process of a container, as running out of memory would. */
  void kill(String service) {
    String container = container(service);
    run(List.of("kill", "-KILL", docker("inspect", "-f", "{{.State.Pid}}", container)));
  }

  /** How often the engine has started a container again. */
  int restarts(String service) {
    return Integer.parseInt(docker("inspect", "-f", "{{.RestartCount}}", container(service)));
  }

  /** Something of the containers of all services that run for ever, by service. */
  Map<String, String> inspect(String format) {
    Map<String, String> found = new TreeMap<>();
    states().keySet().forEach(s -> found.put(s, docker("inspect", "-f", format, container(s))));
    return found;
  }

  /** The user that a container's first process is, as this machine sees it. */
  String user(String service) throws IOException {
    String pid = docker("inspect", "-f", "{{.State.Pid}}", container(service));
    return Files.readAllLines(Path.of("/proc", pid, "status")).stream()
        .filter(line -> line.startsWith("Uid:"))
        .map(line -> line.split("\\s+")[1])
        .findFirst()
        .orElseThrow();
  }

  /**
   * Waits until all services are healthy, or run where they have no check.
   *
   * @return when they were
   */
  Instant awaitHealthy(Duration limit) {
    await()
        .atMost(limit)
        .pollInterval(Duration.ofSeconds(1))
        .until(
            this::states,
            states ->
                states.entrySet().stream()
                    .allMatch(
                        state ->
                            state.getKey().equals("demo-traffic")
                                ? state.getValue().startsWith("Up")
                                : state.getValue().contains("(healthy)")));
    return Instant.now();
  }

  private String container(String service) {
    return docker(
        "ps",
        "-aq",
        "--filter",
        ofProject(),
        "--filter",
        "label=com.docker.compose.service=" + service);
  }

  private String ofProject() {
    return "label=com.docker.compose.project=" + project;
  }

  private String docker(String... arguments) {
    List<String> command = new ArrayList<>(List.of("docker"));
    command.addAll(Arrays.asList(arguments));
    return run(command);
  }

  private void compose(String... arguments) {
    List<String> command = new ArrayList<>(compose);
    command.addAll(Arrays.asList(arguments));
    run(command);
  }

  private String run(List<String> command) {
    try {
      Path out = Files.createTempFile(logs, "command", ".log");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(root.toFile())
              .redirectErrorStream(true)
              .redirectOutput(out.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      boolean ended = process.waitFor(COMMAND_LIMIT.toSeconds(), TimeUnit.SECONDS);
      process.destroyForcibly();
      String said = Files.readString(out, StandardCharsets.UTF_8).strip();
      Files.delete(out);
      if (!ended || process.exitValue() != 0) {
        throw new AssertionError(String.join(" ", command) + ": " + said);
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted during " + command, e);
    }
  }

  /** Keeps what the services said, and removes all there was of them. */
  @Override
  public void close() {
    try {
      for (String service : states().keySet()) {
        Files.writeString(logs.resolve(service + ".log"), docker("logs", container(service)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      String containers = docker("ps", "-aq", "--filter", ofProject());
      if (!containers.isEmpty()) {
        List<String> remove = new ArrayList<>(List.of("docker", "rm", "-fv"));
        remove.addAll(List.of(containers.split("\\s+")));
        run(remove);
      }
      compose("down", "-v");
    }
  }
}
