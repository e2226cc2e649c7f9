package dev.parallax.exporter.page;

import java.nio.charset.StandardCharsets;

/** What the server answers. The bytes are not copied: a reply is written once and never changed. */
final class Reply {

  /** Content type of what the API says, which is true for the moment alone. */
  static final String JSON = "application/json";

  private static final String TEXT = "text/plain; charset=utf-8";

  private final int status;
  private final String contentType;
  private final byte[] body;

  Reply(int status, String contentType, byte[] body) {
    this.status = status;
    this.contentType = contentType;
    this.body = body;
  }

  static Reply text(int status, String text) {
    return of(status, TEXT, text + "\n");
  }

  static Reply json(String json) {
    return json(200, json);
  }

  static Reply json(int status, String json) {
    return of(status, JSON, json);
  }

  static Reply of(int status, String contentType, String body) {
    return new Reply(status, contentType, body.getBytes(StandardCharsets.UTF_8));
  }

  int status() {
    return status;
  }

  String contentType() {
    return contentType;
  }

  byte[] body() {
    return body;
  }
}
