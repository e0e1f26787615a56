package io.mooseng.bench.core.link;

import io.mooseng.bench.core.link.profile.LinkEffect;
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

  /** What results cannot claim, one line for each effect: its name and why. */
  public List<String> cannotClaim() {
    return notModelled.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> entry.getKey().label() + ": " + entry.getValue())
        .toList();
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
