package io.mooseng.bench.core.link.netns;

import io.mooseng.bench.core.process.ProcessIdentity;
import io.mooseng.bench.core.process.ProcessSpace;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a namespace, which tells who owns it: a namespace has no other place for that, and so
 * it is never without its owner, not even while it is being made.
 *
 * @param runId short id of the run: lower-case letters and digits
 * @param node what it stands for in the run, such as {@code client}
 * @param owner the process that removes it
 * @param space a digest of {@link ProcessSpace}, eight hexadecimal digits
 */
record NamespaceName(String runId, String node, ProcessIdentity owner, String space) {

  private static final Pattern RUN_ID = Pattern.compile("[a-z0-9]{1,16}");
  private static final Pattern NODE = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?");
  private static final Pattern TEXT =
      Pattern.compile(
          "mooseng-bench-(%s)-(%s)-(\\d{1,18}@\\d{1,18}(?::\\d{1,18})?)-([0-9a-f]{8})"
              .formatted(RUN_ID, NODE));

  NamespaceName {
    require("run id", runId, RUN_ID);
    require("node name", node, NODE);
  }

  private static void require(String what, String text, Pattern accepted) {
    if (!accepted.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "%s '%s' is not accepted; accepted: %s".formatted(what, text, accepted));
    }
  }

  /** The name of a namespace of this process. */
  static NamespaceName ofThisProcess(String runId, String node) {
    return new NamespaceName(runId, node, ProcessIdentity.current(), spaceOfThisProcess());
  }

  /** Reads what {@link #toString} wrote; empty for a name that is not ours. */
  static Optional<NamespaceName> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    ProcessIdentity owner = ProcessIdentity.parse(matcher.group(3));
    return Optional.of(
        new NamespaceName(matcher.group(1), matcher.group(2), owner, matcher.group(4)));
  }

  /** Whether the owner would be seen from here if it lived, and does not. */
  boolean isAbandoned() {
    return space.equals(spaceOfThisProcess()) && !owner.isAlive();
  }

  private static String spaceOfThisProcess() {
    return "%08x".formatted(ProcessSpace.current().hashCode());
  }

  @Override
  public String toString() {
    return "mooseng-bench-%s-%s-%s-%s".formatted(runId, node, owner, space);
  }
}
