package dev.parallax.cli.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** An OpenAI-compatible server of a real model, which can be swapped and broken while it runs. */
final class EmbeddingServer implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A model behind the server. */
  interface Model {
    float[][] embed(List<String> texts);
  }

  /** What the server does to a request instead of answering it. */
  record Fault(int status, Map<String, String> headers, String body, long delayMillis) {

    static Fault status(int status) {
      return new Fault(status, Map.of(), "{\"error\": {\"message\": \"no\"}}", 0);
    }

    static Fault body(String body) {
      return new Fault(200, Map.of(), body, 0);
    }

    Fault with(String header, String value) {
      return new Fault(status, Map.of(header, value), body, delayMillis);
    }

    Fault after(long millis) {
      return new Fault(status, headers, body, millis);
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
  private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
  private final List<String> keys = new CopyOnWriteArrayList<>();
  private volatile Model model;
  private volatile UnaryOperator<float[]> change = UnaryOperator.identity();
  private volatile Optional<Fault> always = Optional.empty();

  EmbeddingServer(Model model) throws IOException {
    this.model = model;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/embeddings", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  /** Serves another model under the same name from now on. */
  void swap(Model other) {
    model = other;
  }

  /** Does this to every vector from now on. */
  void change(UnaryOperator<float[]> toVector) {
    change = toVector;
  }

  /** The next requests end so, one after the other. */
  void next(Fault... these) {
    faults.addAll(List.of(these));
  }

  /** All further requests end so. */
  void always(Fault fault) {
    always = Optional.of(fault);
  }

  List<JsonNode> requests() {
    return List.copyOf(requests);
  }

  List<String> keys() {
    return List.copyOf(keys);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode request = JSON.readTree(exchange.getRequestBody());
      requests.add(request);
      Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
          .ifPresent(keys::add);
      Fault fault = faults.poll();
      if (fault == null && always.isPresent()) {
        fault = always.get();
      }
      if (fault == null) {
        send(exchange, 200, answer(request));
        return;
      }
      Thread.sleep(fault.delayMillis());
      fault.headers().forEach(exchange.getResponseHeaders()::add);
      send(exchange, fault.status(), fault.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** The last text first: what counts is the index. */
  private String answer(JsonNode request) throws IOException {
    List<String> texts = new ArrayList<>();
    request.get("input").forEach(text -> texts.add(text.asText()));
    boolean base64 = request.path("encoding_format").asText().equals("base64");
    float[][] vectors = model.embed(texts);
    ObjectNode answer = JSON.createObjectNode();
    answer.put("object", "list").put("model", "hosted-embedder");
    ArrayNode data = answer.putArray("data");
    for (int i = vectors.length - 1; i >= 0; i--) {
      float[] vector = change.apply(vectors[i]);
      ObjectNode one = data.addObject().put("object", "embedding").put("index", i);
      if (base64) {
        ByteBuffer bytes =
            ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        one.put("embedding", Base64.getEncoder().encodeToString(bytes.array()));
      } else {
        ArrayNode numbers = one.putArray("embedding");
        for (float value : vector) {
          numbers.add(value);
        }
      }
    }
    return JSON.writeValueAsString(answer);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
