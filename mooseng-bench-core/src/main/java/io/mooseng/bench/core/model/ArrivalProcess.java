package io.mooseng.bench.core.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How the intended starts of a schedule lie. */
public enum ArrivalProcess {
  /** At equal distances. */
  CONSTANT,
  /** Independent of each other, as those of many users are. */
  POISSON;

  /**
   * @throws IllegalArgumentException naming the text and what is accepted
   */
  public static ArrivalProcess parse(String text) {
    return Arrays.stream(values())
        .filter(process -> process.label().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is no arrival process; accepted: %s"
                        .formatted(text, String.join(", ", labels()))));
  }

  private static List<String> labels() {
    return Arrays.stream(values()).map(ArrivalProcess::label).toList();
  }

  /** The name on the command line and in result files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
