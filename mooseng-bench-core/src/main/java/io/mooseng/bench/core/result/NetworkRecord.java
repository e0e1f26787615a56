package io.mooseng.bench.core.result;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The network a row was measured over.
 *
 * @param profile name of the emulated conditions, {@code none} for an untouched network
 * @param backend {@code none}, {@code relay}, {@code netem}, {@code tun} or {@code simulated}
 * @param requested what the profile asked for; free-form, names carry their unit
 * @param measured what was measured to be applied, under the same names
 * @param claims what must be known of how this backend works, a few words each
 * @param cannotClaim what results over this network cannot claim and why, one line each
 */
public record NetworkRecord(
    String profile,
    String backend,
    SortedMap<String, Object> requested,
    SortedMap<String, Object> measured,
    List<String> claims,
    List<String> cannotClaim) {

  private static final List<String> BACKENDS =
      List.of("none", "relay", "netem", "tun", "simulated");

  public NetworkRecord {
    Frozen.requireText("network.profile", profile);
    if (backend == null || !BACKENDS.contains(backend)) {
      throw new IllegalArgumentException(
          "network.backend is '" + backend + "'; accepted: " + String.join(", ", BACKENDS));
    }
    requested = Frozen.jsonObject(Frozen.require("network.requested", requested));
    measured = Frozen.jsonObject(Frozen.require("network.measured", measured));
    claims = List.copyOf(Frozen.require("network.claims", claims));
    cannotClaim = List.copyOf(Frozen.require("network.cannotClaim", cannotClaim));
  }

  /** The smallest round-trip time that was measured over the link, if one was measured. */
  public Optional<Double> rttMinMillis() {
    // A whole number of milliseconds is kept as an integer.
    return Optional.ofNullable((Number) measured.get("rttMinMillis")).map(Number::doubleValue);
  }

  /** An untouched network. */
  public static NetworkRecord none() {
    return of("none", "none", Map.of(), Map.of(), List.of(), List.of());
  }

  /** NaN and infinities in the maps become null. */
  public static NetworkRecord of(
      String profile,
      String backend,
      Map<String, ?> requested,
      Map<String, ?> measured,
      List<String> claims,
      List<String> cannotClaim) {
    return new NetworkRecord(
        profile,
        backend,
        Frozen.jsonObject(requested),
        Frozen.jsonObject(measured),
        claims,
        cannotClaim);
  }

  /** What tells networks apart: {@code wan-70/relay}; {@code none} for an untouched one. */
  public String label() {
    return profile.equals(backend) ? profile : profile + "/" + backend;
  }
}
