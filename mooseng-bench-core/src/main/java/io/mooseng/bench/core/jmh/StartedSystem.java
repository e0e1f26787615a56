package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.result.NetworkRecord;
import java.util.Optional;

/**
 * What a benchmark that starts its system itself has to agree on with the run: how links within
 * that system are emulated, and what became of them.
 */
public final class StartedSystem {

  /**
   * How links within the system are to be emulated.
   *
   * @param backend {@code relay}, {@code tun} or {@code netem}
   * @param network what the user gave to {@code --network}; null for distances alone
   * @param runId short id of the run, lower-case letters and digits
   * @param seed decides on what is left to chance
   */
  public record Links(String backend, String network, String runId, long seed) {

    /** Distances alone, by relays. */
    public static final Links RELAY = new Links("relay", null, "alone", 1);

    /** The profile or topology the user named. */
    public Optional<String> conditions() {
      return Optional.ofNullable(network);
    }
  }

  private StartedSystem() {}

  /** What the run asks for; relays, if no run of ours started this JVM. */
  public static Links links() {
    return ForkContext.current().startedLinks();
  }

  /** Tells the run over which network this fork measures. */
  public static void measuredOver(NetworkRecord network) {
    ForkContext.current().log().ifPresent(log -> log.append(network));
  }

  /** Tells the run that the system did not come up; the fork cannot go on. */
  public static SessionException notStarted(String message, Throwable cause) {
    return ForkContext.current().failed(FailureKind.UNAVAILABLE, message, cause);
  }

  /** Tells the run that conditions were not as they were asked for; the fork cannot go on. */
  public static SessionException conditionsNotMet(String message, Throwable cause) {
    return ForkContext.current().failed(FailureKind.CONDITIONS_NOT_MET, message, cause);
  }
}
