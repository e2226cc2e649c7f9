package dev.parallax.endtoend.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes in what Alertmanager sends to its receivers; each has a path of its own. */
final class Webhooks implements AutoCloseable {

  /**
   * One alert of a notification.
   *
   * @param receiver name of the receiver
   * @param status {@code firing} or {@code resolved}
   * @param labels of the alert
   * @param annotations of the alert
   * @param at when it came
   */
  record Notified(
      String receiver, String status, JsonNode labels, JsonNode annotations, Instant at) {

    boolean is(String wantedStatus, String alert, String model) {
      return status.equals(wantedStatus)
          && labels.path("alertname").asText().equals(alert)
          && labels.path("model").asText().equals(model);
    }
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final List<Notified> notified = new CopyOnWriteArrayList<>();

  Webhooks() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::take);
    server.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode message = JSON.readTree(exchange.getRequestBody());
      String receiver = exchange.getRequestURI().getPath().substring(1);
      for (JsonNode alert : message.path("alerts")) {
        notified.add(
            new Notified(
                receiver,
                alert.path("status").asText(),
                alert.path("labels"),
                alert.path("annotations"),
                Instant.now()));
      }
      exchange.sendResponseHeaders(200, -1);
    }
  }

  /** Where a receiver's notifications are to be sent. */
  String url(String receiver) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + receiver;
  }

  /** What all receivers were told, in order. */
  List<Notified> all() {
    return List.copyOf(notified);
  }

  /** What one receiver was told, in order. */
  List<Notified> of(String receiver) {
    return notified.stream().filter(each -> each.receiver().equals(receiver)).toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
