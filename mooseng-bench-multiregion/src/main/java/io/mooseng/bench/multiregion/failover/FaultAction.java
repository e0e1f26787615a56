package io.mooseng.bench.multiregion.failover;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What can be done to a region. */
public enum FaultAction {
  /** {@code kill -9}. */
  KILL(true, false),
  /** Started again after a kill. */
  RESTART(false, true),
  /** SIGSTOP: connections stay, nobody answers. */
  PAUSE(true, false),
  /** SIGCONT. */
  RESUME(false, true),
  /** The leadership is handed over to it, as an operator would. */
  TRANSFER(true, false),
  /** Nothing between it and the others arrives. */
  ISOLATE(true, false),
  /** Nothing it sends to others arrives, while it hears them. */
  MUTE(true, false),
  /** Everything between it and the others takes longer. */
  SLOW(true, false),
  /** Its links are as they were. */
  MEND(false, true);

  private final boolean breaks;
  private final boolean mends;

  FaultAction(boolean breaks, boolean mends) {
    this.breaks = breaks;
    this.mends = mends;
  }

  /** As timelines call it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it is a fault. */
  public boolean breaks() {
    return breaks;
  }

  /** Whether it ends one. */
  public boolean mends() {
    return mends;
  }

  /** All labels. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(FaultAction::label).toList();
  }

  /** The action with this label; without a message, if there is none. */
  public static FaultAction parse(String label) {
    return Arrays.stream(values())
        .filter(action -> action.label().equals(label))
        .findFirst()
        .orElseThrow(IllegalArgumentException::new);
  }
}
