package io.mooseng.bench.core.machine.doctor;

import java.util.Locale;
import java.util.Objects;

/**
 * What was found out about one thing a run may need.
 *
 * @param finding one line
 * @param howToGetIt one line; empty if nothing is lacking
 */
public record Check(String name, Status status, String finding, String howToGetIt) {

  /** How well the machine serves. */
  public enum Status {
    OK,
    /** It works, with results that are worse or harder to trust. */
    LIMITED,
    MISSING;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Check {
    Objects.requireNonNull(status, "status");
    if (name.isBlank() || finding.isBlank() || (status == Status.OK) != howToGetIt.isEmpty()) {
      throw new IllegalArgumentException(
          "check '"
              + name
              + "' must have a finding, and a way out exactly if something is lacking");
    }
  }

  public static Check ok(String name, String finding) {
    return new Check(name, Status.OK, finding, "");
  }

  static Check limited(String name, String finding, String howToGetIt) {
    return new Check(name, Status.LIMITED, finding, howToGetIt);
  }

  public static Check missing(String name, String finding, String howToGetIt) {
    return new Check(name, Status.MISSING, finding, howToGetIt);
  }
}
