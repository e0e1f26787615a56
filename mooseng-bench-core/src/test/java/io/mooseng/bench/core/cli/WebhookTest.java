package io.mooseng.bench.core.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.mooseng.bench.core.config.ConfigurationException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WebhookTest {

  private static final String JSON = "{\"text\":\"slower, \u00fcberall\"}";
  private static final String SECRET = "/services/T000/secret";

  private final List<String> received = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private volatile int answer = 204;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          received.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Content-Type")
                  + " "
                  + body);
          exchange.getResponseHeaders().add("Location", "/elsewhere");
          exchange.sendResponseHeaders(answer, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Webhook webhook() {
    return Webhook.parse("http://127.0.0.1:" + server.getAddress().getPort() + SECRET);
  }

  @Test
  void postsOnce() {
    assertThat(webhook().post(JSON)).isEmpty();
    assertThat(received).containsExactly("POST " + SECRET + " application/json " + JSON);
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 403, 500})
  void saysWhatWasAnsweredButNotTheSecret(int status) {
    answer = status;
    assertThat(webhook().post(JSON).orElseThrow())
        .endsWith(": it answered " + status)
        .doesNotContain("secret");
    assertThat(received).hasSize(1);
  }

  @Test
  void saysThatNobodyListens() {
    Webhook webhook = webhook();
    server.stop(0);
    assertThat(webhook.post(JSON).orElseThrow())
        .startsWith("the alert was not taken by http://127.0.0.1:")
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "hooks.example/secret", "ftp://host/secret", "http:///x", "http://a b/secret"})
  void refusesWhatIsNoAddressWithoutShowingIt(String text) {
    assertThatThrownBy(() -> Webhook.parse(text))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("--webhook: accepted: http://HOST/\u2026 or https://HOST/\u2026");
  }
}
