package io.mooseng.bench.core.target;

import io.mooseng.bench.core.model.Fidelity;
import java.util.Optional;

/**
 * A target of a run after the fall-back chain was walked.
 *
 * @param label names it in rows: {@code embedded}, {@code t1}, …; never an address
 * @param fidelity how its numbers are obtained
 * @param uri where it is, as the user wrote it; empty if the run itself provides it
 * @param fallbackReason why it is not what was asked for, if it is not
 */
public record ResolvedTarget(
    String label, Fidelity fidelity, Optional<String> uri, Optional<String> fallbackReason) {

  /** Whether its URI has {@code scheme}, which is the same in capitals (RFC 3986, section 3.1). */
  public boolean hasScheme(String scheme) {
    return uri.filter(text -> isOfScheme(text, scheme)).isPresent();
  }

  static boolean isOfScheme(String uri, String scheme) {
    return uri.regionMatches(true, 0, scheme + ":", 0, scheme.length() + 1);
  }

  /** Whether calls travel over sockets. */
  public boolean hasSockets() {
    return fidelity == Fidelity.EMBEDDED || fidelity == Fidelity.SIMULATED || hasScheme("mooseng");
  }
}
