package io.mooseng.bench.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.jmh.BenchmarkTrial;
import io.mooseng.bench.core.measure.RecordedInterval;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever competes for a name does so as a client of its own. */
@Timeout(60)
class ClientsTest {

  private static final int CALLS = 5;

  /**
   * Every client but that of the session asks for a name in every call, and all of them are closed
   * before the session is.
   */
  private static void assertClients(
      Class<?> benchmark, String method, Map<String, String> parameters, int clients) {
    try (BenchmarkTrial trial =
        BenchmarkTrial.against(WatchedClients.URI, benchmark, method, parameters)) {
      RecordedInterval interval = trial.iterate(CALLS);
      assertThat(interval.failureMessages()).isEmpty();
    }
    WatchedClients.Client session = WatchedClients.opened().get(0);
    List<WatchedClients.Client> own =
        WatchedClients.opened().subList(1, WatchedClients.opened().size());
    assertThat(session.renames()).isZero();
    assertThat(own)
        .hasSize(clients)
        .allSatisfy(client -> assertThat(client.renames()).isEqualTo(CALLS));
    assertThat(WatchedClients.closed()).hasSize(clients + 1).endsWith(session).containsAll(own);
  }

  @Test
  void contenders() {
    assertClients(RenameRaceBenchmark.class, "race", Map.of("contenders", "8"), 8);
  }

  @Test
  void committers() {
    assertClients(
        ContendedCommits.class, "commit", Map.of("files", "1"), ContendedCommits.COMMITTERS);
  }
}
