package io.mooseng.bench.multiregion.client;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a client wants to be able to rely on when it reads. */
public enum ConsistencyModel {
  /**
   * Every read sees the newest value acknowledged before it began, wherever that was written. The
   * region asks the leader how far it has to be (ReadIndex); the leader makes sure that it leads,
   * or relies on its lease, as the cluster is set up.
   */
  LINEARIZABLE(true),
  /**
   * What the leader has applied, without making sure that it still leads: as good as linearizable
   * until a leader is deposed without knowing it.
   */
  LEADER_LOCAL(true),
  /** What the client's own region has applied, however old it is. */
  FOLLOWER_STALE(false),
  /**
   * What the client's own region has applied, if it heard from the leader lately; else as
   * linearizable.
   */
  BOUNDED_STALENESS(false),
  /** What the client's own region has applied, but nothing older than the client's own writes. */
  READ_YOUR_WRITES(false),
  /** What the client's own region has applied, but nothing older than what the client has read. */
  MONOTONIC(false);

  private final boolean linearizableWhileHealthy;

  ConsistencyModel(boolean linearizableWhileHealthy) {
    this.linearizableWhileHealthy = linearizableWhileHealthy;
  }

  /** As parameters and results call it: {@code follower-stale}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether a history of such reads is expected to be linearizable while nobody fails. */
  public boolean linearizableWhileHealthy() {
    return linearizableWhileHealthy;
  }

  /** The model with this label. */
  public static ConsistencyModel parse(String label) {
    return Arrays.stream(values())
        .filter(model -> model.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "model '%s' is not accepted; accepted: %s"
                        .formatted(label, String.join(", ", labels()))));
  }

  /** All labels. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(ConsistencyModel::label).toList();
  }
}
