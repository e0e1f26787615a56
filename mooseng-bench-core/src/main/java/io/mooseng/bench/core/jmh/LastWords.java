package io.mooseng.bench.core.jmh;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a fork that died had to say, picked from what JMH prints when a fork ends with an exit code:
 * the last lines of its output, then those of its errors. Used by one thread.
 */
final class LastWords {

  private static final String OUTPUT_BEGINS = "<stdout ";
  private static final String OUTPUT_ENDS = "</stdout>";
  private static final String ERRORS_BEGIN = "<stderr ";
  private static final String ERRORS_END = "</stderr>";

  /** HotSpot says this on its standard output, and the reason in the next line. */
  private static final String NO_START = "Error occurred during initialization of VM";

  /** What a JVM says of itself whether it dies or not. */
  private static final Pattern CHATTER =
      Pattern.compile("WARNING: .*|.* VM warning: .*|Picked up \\w+: .*|NOTE: Picked up .*");

  private final List<String> output = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();
  private List<String> current;

  /** Hears a line that JMH prints. */
  void hear(String line) {
    if (line.startsWith(OUTPUT_BEGINS)) {
      current = output;
    } else if (line.startsWith(ERRORS_BEGIN)) {
      current = errors;
    } else if (line.equals(OUTPUT_ENDS) || line.equals(ERRORS_END)) {
      current = null;
    } else if (current != null && !line.isBlank() && !CHATTER.matcher(line).matches()) {
      current.add(line.strip());
    }
  }

  /** Forgets what another fork said. */
  void forget() {
    output.clear();
    errors.clear();
    current = null;
  }

  /** The first line of the errors, or why the JVM did not start. */
  Optional<String> said() {
    int at = output.indexOf(NO_START);
    if (at >= 0) {
      return Optional.of(at + 1 < output.size() ? output.get(at + 1) : NO_START);
    }
    return errors.stream().findFirst();
  }
}
