package dev.parallax.cli.probe;

import dev.parallax.cli.CliException;
import dev.parallax.cli.probe.CycleException.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * {@code POST …/embeddings} of an OpenAI-compatible service, once for each call.
 *
 * <p>Redirects are not followed: the key is for the host that was named. Failures name the endpoint
 * without its query and never quote a body, since services repeat keys and inputs in theirs.
 */
final class EmbeddingsEndpoint {

  private static final String PATH = "/embeddings";
  private static final int MAX_ANSWER_BYTES = 64 << 20;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int REQUEST_TIMEOUT = 408;

  private final HttpClient client;
  private final URI uri;
  private final EmbeddingsBody body;
  private final Optional<ApiKey> key;
  private final Duration timeout;
  private final Clock clock;

  /**
   * An endpoint.
   *
   * @param timeout for a whole answer
   */
  EmbeddingsEndpoint(
      URI uri, EmbeddingsBody body, Optional<ApiKey> key, Duration timeout, Clock clock) {
    this.uri = uri;
    this.body = body;
    this.key = key;
    this.timeout = timeout;
    this.clock = clock;
    this.client =
        HttpClient.newBuilder()
            .followRedirects(Redirect.NEVER)
            .connectTimeout(timeout)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
  }

  /**
   * The address behind {@code --endpoint}: with {@code /embeddings} at the end of its path.
   *
   * @throws CliException if it is no address of HTTP, or holds a password
   */
  static URI uri(String endpoint) {
    try {
      URI given = new URI(endpoint);
      boolean http =
          "http".equalsIgnoreCase(given.getScheme()) || "https".equalsIgnoreCase(given.getScheme());
      if (given.getRawUserInfo() != null) {
        throw CliException.usage("--endpoint: expected no user or password; see --key-file");
      }
      if (!http || given.getHost() == null || given.getRawFragment() != null) {
        throw CliException.usage(
            "--endpoint " + endpoint + ": expected an address such as https://host/v1");
      }
      String path = given.getRawPath().replaceAll("/+$", "");
      String query = given.getRawQuery() == null ? "" : "?" + given.getRawQuery();
      return new URI(
          given.getScheme()
              + "://"
              + given.getRawAuthority()
              + path
              + (path.endsWith(PATH) ? "" : PATH)
              + query);
    } catch (URISyntaxException e) {
      throw CliException.usage("--endpoint: expected an address such as https://host/v1", e);
    }
  }

  /** The address as it is shown: without its query. */
  String name() {
    return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
  }

  /** Sends texts and waits for their embeddings. */
  EmbeddingsBody.Answer embed(List<String> texts) throws CycleException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.request(texts)));
    key.ifPresent(secret -> secret.authorize(request));
    HttpResponse<byte[]> response = send(request.build());
    int status = response.statusCode();
    if (status == 200) {
      return body.answer(response.body(), texts.size());
    }
    String message = name() + " answers with status " + status;
    if (status / 100 == 3) {
      throw new CycleException(Kind.REFUSED, message + ", a redirect, which is not followed");
    }
    boolean passing = status == TOO_MANY_REQUESTS || status == REQUEST_TIMEOUT || status >= 500;
    throw new CycleException(
        passing ? Kind.PASSING : Kind.REFUSED,
        message,
        response
            .headers()
            .firstValue("Retry-After")
            .flatMap(header -> Backoff.asked(header, clock.instant())));
  }

  /** The timeout of a request ends with the head of its answer, so the whole is timed here. */
  private HttpResponse<byte[]> send(HttpRequest request)
      throws CycleException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> sent =
        client.sendAsync(request, info -> new LimitedBody(MAX_ANSWER_BYTES));
    try {
      return sent.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new CycleException(
          Kind.PASSING, name() + " does not answer within " + timeout.toMillis() + " ms");
    } catch (ExecutionException e) {
      throw new CycleException(Kind.PASSING, name() + " cannot be reached: " + cause(e));
    } finally {
      sent.cancel(true);
    }
  }

  private static String cause(ExecutionException failure) {
    Throwable cause = failure.getCause() instanceof IOException io ? io : failure;
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
