package io.mooseng.bench.core.machine;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Whether a virtual machine that this program starts is told to collect garbage with one thread.
 * The collector that a JVM takes by itself on two processors or more (G1) has threads of its own,
 * and more to do wherever a reference is stored; where processors are few, both are taken from what
 * is measured. A JVM that is told twice does not start, so that whoever may have chosen already is
 * left alone.
 */
public final class CollectorChoice {

  /** The serial collector. */
  public static final String SERIAL = "-XX:+UseSerialGC";

  /** Variables from which a JVM takes options. */
  private static final List<String> VARIABLES =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  /** Names a collector, or a file that may. */
  private static final Pattern MAY_CHOOSE =
      Pattern.compile(
          "-XX:\\+Use\\w+GC\\b|-XX:\\+AggressiveHeap|-XX:(Flags|VMOptionsFile)=|(^|\\s)[\"']?@");

  private CollectorChoice() {}

  /** Whether the environment may say how every JVM collects garbage. */
  public static boolean isMadeByEnvironment() {
    return isMadeBy(System.getenv());
  }

  static boolean isMadeBy(Map<String, String> environment) {
    return VARIABLES.stream().map(environment::get).anyMatch(CollectorChoice::isMadeIn);
  }

  /**
   * Whether these options may say how garbage is collected.
   *
   * @param options one, or several with space between them; or null
   */
  public static boolean isMadeIn(String options) {
    return options != null && MAY_CHOOSE.matcher(options).find();
  }

  /** Whether one of these options may say how garbage is collected. */
  public static boolean isMadeIn(List<String> options) {
    return options.stream().anyMatch(CollectorChoice::isMadeIn);
  }
}
