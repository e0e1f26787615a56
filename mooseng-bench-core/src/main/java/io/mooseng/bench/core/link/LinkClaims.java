package io.mooseng.bench.core.link;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What results obtained over an emulated link can support, and what they cannot. Immutable.
 *
 * @param backend the emulation, as {@code --backend} names it
 * @param modelled effects the emulation reproduces
 * @param notModelled every other effect, with the reason in a few words
 * @param stamps remarks that go beside each result
 */
public record LinkClaims(
    String backend,
    Set<LinkEffect> modelled,
    Map<LinkEffect, String> notModelled,
    List<String> stamps) {

  private static final Map<LinkEffect, String> BEYOND_RELAY =
      Map.of(
          LinkEffect.TCP_CONNECT, "the local kernel completes the connect at once",
          LinkEffect.LOSS, "no packet is lost on loopback",
          LinkEffect.CONGESTION_CONTROL,
              "TCP ends at the relay, so its congestion window never sees the path");

  public LinkClaims {
    modelled = Set.copyOf(modelled);
    notModelled = Map.copyOf(notModelled);
    stamps = List.copyOf(stamps);
    Set<LinkEffect> silent = EnumSet.allOf(LinkEffect.class);
    silent.removeAll(modelled);
    silent.removeAll(notModelled.keySet());
    if (!silent.isEmpty()) {
      throw new IllegalArgumentException(backend + " makes no statement about " + silent);
    }
  }

  /** The claims of the user-space TCP relay. */
  public static LinkClaims relay() {
    return new LinkClaims(
        "relay",
        EnumSet.of(LinkEffect.DELAY, LinkEffect.RATE, LinkEffect.FIRST_ANSWER),
        new EnumMap<>(BEYOND_RELAY),
        List.of("handshake modelled", "no loss", "no congestion control, no slow start"));
  }

  /**
   * Lets a row state what its question depends on.
   *
   * @throws UnsupportedOperationException if this emulation does not model {@code effect}
   */
  public void require(LinkEffect effect) {
    String reason = notModelled.get(effect);
    if (reason != null) {
      throw new UnsupportedOperationException(
          "backend '%s' does not model %s: %s".formatted(backend, effect.label(), reason));
    }
  }
}
