package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.config.ConfigurationException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * Where alerts are posted, as JSON. Such an address often holds a secret: messages show no more of
 * it than scheme and host.
 */
final class Webhook {

  static final String OPTION = "--webhook";

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int FIRST_OK = 200;
  private static final int FIRST_NOT_OK = 300;

  private final URI address;

  private Webhook(URI address) {
    this.address = address;
  }

  /**
   * @throws ConfigurationException if it is no address of HTTP
   */
  static Webhook parse(String text) {
    try {
      URI uri = new URI(text);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http && uri.getHost() != null) {
        return new Webhook(uri);
      }
    } catch (URISyntaxException e) {
      // Told below, without the address.
    }
    throw new ConfigurationException(OPTION + ": accepted: http://HOST/… or https://HOST/…");
  }

  /**
   * Posts once; redirects are not followed.
   *
   * @return what went wrong, in one line; empty if it was taken
   */
  Optional<String> post(String json) {
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    try {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      return status >= FIRST_OK && status < FIRST_NOT_OK
          ? Optional.empty()
          : Optional.of("the alert was not taken by " + host() + ": it answered " + status);
    } catch (IOException e) {
      String cause = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      return Optional.of("the alert was not taken by " + host() + ": " + cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted while the alert was posted to " + host());
    }
  }

  private String host() {
    String port = address.getPort() < 0 ? "" : ":" + address.getPort();
    return address.getScheme() + "://" + address.getHost() + port;
  }
}
