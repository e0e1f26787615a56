package io.mooseng.bench.core.machine;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a virtual machine was started with, as far as it can change a measurement.
 *
 * @param flags in the order given; without this project's own settings and without files that JMH
 *     names at random
 * @param collector such as {@code G1}
 */
public record JvmSettings(List<String> flags, String collector) {

  /** An archive of classes changes how they are loaded, not how their code is compiled. */
  private static final Pattern OF_NO_MATTER =
      Pattern.compile(
          "-Dmooseng[.].*|-XX:CompileCommandFile=.*/jmh[^/]*|-XX:SharedArchiveFile=.*|-Xlog:cds.*",
          Pattern.DOTALL);

  private static final Map<String, String> COLLECTOR_FLAGS =
      Map.of(
          "-XX:+UseSerialGC", "Serial",
          "-XX:+UseParallelGC", "Parallel",
          "-XX:+UseG1GC", "G1",
          "-XX:+UseZGC", "ZGC",
          "-XX:+UseShenandoahGC", "Shenandoah",
          "-XX:+UseEpsilonGC", "Epsilon");

  /** First words of the names that collectors give their management beans. */
  private static final Map<String, String> COLLECTOR_BEANS =
      Map.of(
          "Copy", "Serial",
          "MarkSweepCompact", "Serial",
          "PS", "Parallel",
          "G1", "G1",
          "ZGC", "ZGC",
          "Shenandoah", "Shenandoah",
          "Epsilon", "Epsilon");

  public JvmSettings {
    flags = List.copyOf(flags);
  }

  /** The settings of this virtual machine. */
  public static JvmSettings ofThisJvm() {
    return ofFork(ManagementFactory.getRuntimeMXBean().getInputArguments());
  }

  /**
   * The settings of a fork on this machine's JDK that is started with {@code flags}. A collector
   * that the flags do not name is the one the JDK chose for this virtual machine.
   */
  public static JvmSettings ofFork(List<String> flags) {
    List<String> beans =
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .map(GarbageCollectorMXBean::getName)
            .toList();
    return of(flags, beans);
  }

  static JvmSettings of(List<String> flags, List<String> beanNames) {
    List<String> kept = flags.stream().filter(JvmSettings::matters).toList();
    String collector =
        kept.stream()
            .flatMap(flag -> Optional.ofNullable(COLLECTOR_FLAGS.get(flag)).stream())
            .findFirst()
            .orElseGet(() -> collectorOf(beanNames));
    return new JvmSettings(kept, collector);
  }

  private static String collectorOf(List<String> beanNames) {
    return beanNames.stream()
        .flatMap(name -> Optional.ofNullable(COLLECTOR_BEANS.get(name.split(" ")[0])).stream())
        .findFirst()
        .orElseGet(() -> beanNames.isEmpty() ? Fingerprint.NONE : String.join(", ", beanNames));
  }

  private static boolean matters(String flag) {
    return !OF_NO_MATTER.matcher(flag).matches();
  }
}
