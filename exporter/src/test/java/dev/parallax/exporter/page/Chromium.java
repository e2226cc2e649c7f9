package dev.parallax.exporter.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A headless browser with one tab, driven over its DevTools protocol. */
final class Chromium implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final Path profile;
  private final WebSocket socket;
  private final Map<Integer, CompletableFuture<JsonNode>> pending = new ConcurrentHashMap<>();
  private final AtomicInteger lastId = new AtomicInteger();

  private Chromium(Process process, Path profile) throws Exception {
    this.process = process;
    this.profile = profile;
    HttpClient client = HttpClient.newHttpClient();
    int port = awaitPort();
    JsonNode tabs =
        JSON.readTree(
            client
                .send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list"))
                        .build(),
                    HttpResponse.BodyHandlers.ofString())
                .body());
    String address = "";
    for (JsonNode tab : tabs) {
      address =
          tab.path("type").asText().equals("page")
              ? tab.get("webSocketDebuggerUrl").asText()
              : address;
    }
    this.socket =
        client
            .newWebSocketBuilder()
            .buildAsync(URI.create(address), new Answers())
            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    call("Page.enable", Map.of());
  }

  /** Where Chromium is on this machine, if it is. */
  static Optional<Path> find() {
    List<String> names = List.of("chromium", "chromium-browser", "google-chrome");
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .flatMap(folder -> names.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static Chromium start(Path binary) throws Exception {
    Path profile = Files.createTempDirectory("chromium");
    Process process =
        new ProcessBuilder(
                binary.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new Chromium(process, profile);
  }

  /** Sets size in CSS pixels and theme; applies to the pages opened after it. */
  void emulate(int width, int height, String theme) {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    call(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", theme))));
  }

  void open(URI page) {
    call("Page.navigate", Map.of("url", page.toString()));
  }

  /** The value of a JavaScript expression. */
  JsonNode evaluate(String expression) {
    JsonNode result =
        call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
    if (result.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + result.get("exceptionDetails"));
    }
    return result.path("result").path("value");
  }

  /** Waits until an expression is true, in whichever page is open by then. */
  void await(String condition) {
    awaitAtMost((int) PATIENCE.toSeconds(), condition);
  }

  /**
   * Waits longer for something that takes its time. The page is asked again and again: one that is
   * left takes every question with it that it has not answered.
   */
  void awaitAtMost(int seconds, String condition) {
    String asked =
        "((f) => { try { return !!f(); } catch { return false; } })(() => " + condition + ")";
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!ask("Runtime.evaluate", Map.of("expression", asked, "returnByValue", true))
        .at("/result/result/value")
        .asBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + seconds + " s: " + condition);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  /** Waits until the page has been drawn. */
  void awaitFrame() {
    String drawn = "new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)))";
    call("Runtime.evaluate", Map.of("expression", drawn, "awaitPromise", true));
  }

  /** Scrolls to an element and clicks in its middle, wherever that leads. */
  void click(String selector) {
    JsonNode at =
        evaluate(
            """
            ((e) => {
              e.scrollIntoView({block: 'center', behavior: 'instant'});
              const {x, y, width, height} = e.getClientRects()[0];
              const hit = document.elementFromPoint(x + width / 2, y + height / 2);
              return {x: x + width / 2, y: y + height / 2, hit: e.contains(hit) || hit.contains(e)};
            })(document.querySelector(`%s`))"""
                .formatted(selector));
    if (!at.path("hit").asBoolean()) {
      throw new AssertionError(selector + " cannot be clicked: " + at);
    }
    for (String type : List.of("mousePressed", "mouseReleased")) {
      call(
          "Input.dispatchMouseEvent",
          Map.of(
              "type", type, "x", at.get("x"), "y", at.get("y"), "button", "left", "clickCount", 1));
    }
  }

  /** Presses and releases a key, such as {@code Tab}. */
  void press(String key, int code) {
    for (String type : List.of("keyDown", "keyUp")) {
      call(
          "Input.dispatchKeyEvent",
          Map.of("type", type, "key", key, "code", key, "windowsVirtualKeyCode", code));
    }
  }

  /** Types a text into what has the focus. */
  void type(String text) {
    call("Input.insertText", Map.of("text", text));
  }

  /** A PNG of the whole page. */
  byte[] screenshot(int width) {
    return screenshot(width, evaluate("Math.ceil(document.documentElement.scrollHeight)").asInt());
  }

  /** A PNG of the page down to a height. */
  byte[] screenshot(int width, int height) {
    JsonNode result =
        call(
            "Page.captureScreenshot",
            Map.of(
                "format",
                "png",
                "captureBeyondViewport",
                true,
                "clip",
                Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1)));
    return Base64.getDecoder().decode(result.get("data").asText());
  }

  /** A PNG of the whole page, in a file. */
  void screenshot(Path file, int width) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, screenshot(width));
  }

  private JsonNode call(String method, Map<String, ?> parameters) {
    JsonNode reply = ask(method, parameters);
    if (reply.has("error")) {
      throw new AssertionError(method + ": " + reply.get("error"));
    }
    return reply.path("result");
  }

  /** The reply to a message: a result or an error. */
  private JsonNode ask(String method, Map<String, ?> parameters) {
    int id = lastId.incrementAndGet();
    ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", JSON.valueToTree(parameters));
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    pending.put(id, answer);
    try {
      socket.sendText(message.toString(), true).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("no answer to " + message, e);
    }
  }

  /** Chromium writes the port that it chose into its profile. */
  private int awaitPort() throws Exception {
    Path file = profile.resolve("DevToolsActivePort");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline && process.isAlive()) {
      if (Files.exists(file)) {
        List<String> lines = Files.readAllLines(file);
        if (lines.size() > 1) {
          return Integer.parseInt(lines.get(0));
        }
      }
      process.waitFor(50, TimeUnit.MILLISECONDS);
    }
    throw new IllegalStateException("Chromium did not open its port");
  }

  @Override
  public void close() throws IOException {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    socket.abort();
    all.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle each : all) {
      each.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }
    try (Stream<Path> files = Files.walk(profile)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private final class Answers implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        complete(text.toString());
        text.setLength(0);
      }
      webSocket.request(1);
      return CompletableFuture.completedFuture(null);
    }

    private void complete(String message) {
      try {
        JsonNode json = JSON.readTree(message);
        CompletableFuture<JsonNode> answer = pending.remove(json.path("id").asInt());
        if (answer != null) {
          answer.complete(json);
        }
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
