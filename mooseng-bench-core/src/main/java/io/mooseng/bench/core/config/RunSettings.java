package io.mooseng.bench.core.config;

import io.mooseng.bench.core.model.TimeText;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of one run, validated.
 *
 * @param targets as the user wrote them, in order
 * @param providerJars with file system providers for them, in order
 * @param profile name of the profile, if the user chose one
 * @param store {@code memory}, a directory, or empty for a fresh temporary directory
 * @param seed of payloads, orders and models
 * @param ceilingTime to measure the ceilings of this machine in, if the user chose one
 * @param precision half the width of the interval at which a row has enough forks, as a share, if
 *     rows are to be measured until then
 * @param warmupUntilSteady whether forks warm up until their iterations are steady
 * @param anatomy whether servers are asked for their times, and stages are shown
 */
public record RunSettings(
    List<String> targets,
    List<Path> providerJars,
    TargetMode mode,
    Optional<String> profile,
    Optional<String> store,
    boolean fsync,
    ServerPlace server,
    DataSettings data,
    WorkloadSettings workload,
    LoadSettings load,
    LinkSettings link,
    LiveSettings live,
    long seed,
    Path out,
    TlsFiles tls,
    Optional<Duration> ceilingTime,
    Optional<Double> precision,
    boolean warmupUntilSteady,
    boolean progress,
    boolean debug,
    boolean anatomy) {

  /** The target that means the server of this project. */
  public static final String EMBEDDED = "embedded";

  private static final String MEMORY_STORE = "memory";
  private static final Duration SHORTEST_CEILING_TIME = Duration.ofMillis(100);
  private static final Duration LONGEST_CEILING_TIME = Duration.ofMinutes(10);
  private static final BigDecimal FINEST = new BigDecimal("0.001");
  private static final BigDecimal COARSEST = new BigDecimal("0.5");

  public RunSettings {
    targets = List.copyOf(targets);
    providerJars = List.copyOf(providerJars);
  }

  /**
   * Parses what the user gave, option by option; what is missing has its default.
   *
   * @throws ConfigurationException in one line, naming option, value and what is accepted
   */
  public static RunSettings parse(Map<SettingKey, List<String>> given) {
    Map<SettingKey, List<String>> all = withFile(given);
    all.forEach(RunSettings::refuseEmpty);
    List<String> targets = all.getOrDefault(SettingKey.TARGET, List.of());
    return new RunSettings(
        targets,
        all.getOrDefault(SettingKey.PROVIDER_JAR, List.of()).stream()
            .map(file -> path(SettingKey.PROVIDER_JAR, file))
            .toList(),
        mode(all, targets),
        last(all, SettingKey.PROFILE),
        last(all, SettingKey.STORE),
        flag(all, SettingKey.FSYNC),
        last(all, SettingKey.SERVER).map(ServerPlace::parse).orElse(ServerPlace.PROCESS),
        new DataSettings(flag(all, SettingKey.DROP_CACHES), flag(all, SettingKey.KEEP)),
        new WorkloadSettings(
            last(all, SettingKey.WORKLOADS).map(file -> path(SettingKey.WORKLOADS, file)),
            flag(all, SettingKey.RECORD_TRACES),
            last(all, SettingKey.TRACE).map(file -> path(SettingKey.TRACE, file))),
        LoadSettings.parse(key -> last(all, key)),
        new LinkSettings(last(all, SettingKey.NETWORK), last(all, SettingKey.BACKEND)),
        LiveSettings.parse(key -> last(all, key)),
        last(all, SettingKey.SEED).map(RunSettings::seed).orElse(1L),
        path(SettingKey.OUT, last(all, SettingKey.OUT).orElse("bench-results")),
        tls(all),
        last(all, SettingKey.CEILING_TIME).map(RunSettings::ceilingTime),
        last(all, SettingKey.PRECISION).map(RunSettings::precision),
        flag(all, SettingKey.WARMUP_UNTIL_STEADY),
        !flag(all, SettingKey.NO_PROGRESS),
        flag(all, SettingKey.DEBUG),
        flag(all, SettingKey.ANATOMY));
  }

  /**
   * Whether stack traces are wanted, of settings that may be refused: so far as they can be read.
   */
  public static boolean wantTraces(Map<SettingKey, List<String>> given) {
    try {
      return flag(withFile(given), SettingKey.DEBUG);
    } catch (ConfigurationException e) {
      return false;
    }
  }

  private static Map<SettingKey, List<String>> withFile(Map<SettingKey, List<String>> given) {
    Map<SettingKey, List<String>> all = new EnumMap<>(SettingKey.class);
    last(given, SettingKey.CONFIG)
        .filter(file -> !file.isBlank())
        .ifPresent(file -> all.putAll(SettingsFile.read(path(SettingKey.CONFIG, file))));
    all.putAll(given);
    return all;
  }

  /** An empty value is a variable of a script that was not set; as a path it would mean here. */
  private static void refuseEmpty(SettingKey key, List<String> values) {
    if (key.valueLabel().isPresent() && values.stream().anyMatch(String::isBlank)) {
      throw new ConfigurationException(
          "%s needs a value: %s".formatted(key.option(), key.valueLabel().get()));
    }
  }

  private static TargetMode mode(Map<SettingKey, List<String>> all, List<String> targets) {
    boolean onlyEmbedded = targets.stream().allMatch(EMBEDDED::equals);
    TargetMode mode =
        last(all, SettingKey.MODE)
            .map(TargetMode::parse)
            .orElse(onlyEmbedded ? TargetMode.EMBEDDED : TargetMode.LIVE);
    if (mode == TargetMode.LIVE && targets.isEmpty()) {
      throw new ConfigurationException(
          "--mode live needs a --target, such as mooseng://HOST:PORT or file:///DIR");
    }
    if (mode == TargetMode.EMBEDDED && !onlyEmbedded) {
      throw new ConfigurationException(
          "--mode embedded takes no --target but 'embedded', not " + String.join(", ", targets));
    }
    return mode;
  }

  private static TlsFiles tls(Map<SettingKey, List<String>> all) {
    TlsFiles files =
        new TlsFiles(
            last(all, SettingKey.TLS_CA).map(file -> path(SettingKey.TLS_CA, file)),
            last(all, SettingKey.TLS_CERT).map(file -> path(SettingKey.TLS_CERT, file)),
            last(all, SettingKey.TLS_KEY).map(file -> path(SettingKey.TLS_KEY, file)));
    if (files.certificate().isPresent() && files.ca().isEmpty()) {
      throw new ConfigurationException("--tls-cert needs --tls-ca: whom to trust at the other end");
    }
    return files;
  }

  private static Optional<String> last(Map<SettingKey, List<String>> all, SettingKey key) {
    List<String> values = all.getOrDefault(key, List.of());
    return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
  }

  private static boolean flag(Map<SettingKey, List<String>> all, SettingKey key) {
    String value = last(all, key).orElse("false");
    if (!value.equals("true") && !value.equals("false")) {
      throw new ConfigurationException(key.option() + " " + value + ": accepted: true or false");
    }
    return value.equals("true");
  }

  private static Duration ceilingTime(String text) {
    try {
      Duration time = TimeText.parse(text);
      if (time.compareTo(SHORTEST_CEILING_TIME) >= 0 && time.compareTo(LONGEST_CEILING_TIME) <= 0) {
        return time;
      }
    } catch (IllegalArgumentException e) {
      // Told below, as what is out of range.
    }
    throw new ConfigurationException(
        SettingKey.CEILING_TIME.option() + " " + text + ": accepted: from 100ms to 10m");
  }

  /** A share, with or without a sign of percent. */
  private static double precision(String text) {
    try {
      boolean percent = text.endsWith("%");
      BigDecimal number = new BigDecimal(percent ? text.substring(0, text.length() - 1) : text);
      BigDecimal share = percent ? number.movePointLeft(2) : number;
      if (share.compareTo(FINEST) >= 0 && share.compareTo(COARSEST) <= 0) {
        return share.doubleValue();
      }
    } catch (NumberFormatException e) {
      // Told below, as what is out of range.
    }
    throw new ConfigurationException(
        SettingKey.PRECISION.option() + " " + text + ": accepted: from 0.1% to 50%");
  }

  private static long seed(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new ConfigurationException("--seed " + text + ": accepted: a whole number");
    }
  }

  private static Path path(SettingKey key, String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new ConfigurationException(key.option() + " " + text + ": not a path");
    }
  }

  /** The directory the user gave the embedded server, if it outlives the server. */
  public Optional<Path> storeDirectory() {
    return store.filter(text -> !text.equals(MEMORY_STORE)).map(Path::of);
  }

  /** Whether the embedded server keeps everything in memory. */
  public boolean storesInMemory() {
    return store.filter(MEMORY_STORE::equals).isPresent();
  }

  /** The settings in effect, by key, as they are stored with the results. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(SettingKey.TARGET.key(), targets);
    map.put(SettingKey.PROVIDER_JAR.key(), providerJars.stream().map(Path::toString).toList());
    map.put(SettingKey.MODE.key(), mode.label());
    map.put(SettingKey.PROFILE.key(), profile.orElse(null));
    map.put(SettingKey.STORE.key(), store.orElse("temporary directory"));
    map.put(SettingKey.FSYNC.key(), fsync);
    map.put(SettingKey.SERVER.key(), server.label());
    map.put(SettingKey.DROP_CACHES.key(), data.dropCaches());
    map.put(SettingKey.KEEP.key(), data.keep());
    workload.workloads().ifPresent(file -> map.put(SettingKey.WORKLOADS.key(), file.toString()));
    map.put(SettingKey.RECORD_TRACES.key(), workload.recordTraces());
    workload.trace().ifPresent(file -> map.put(SettingKey.TRACE.key(), file.toString()));
    map.putAll(load.toMap());
    map.putAll(link.toMap());
    map.putAll(live.toMap());
    map.put(SettingKey.SEED.key(), seed);
    map.put(SettingKey.OUT.key(), out.toString());
    map.put("tls", tls.enabled());
    map.put(SettingKey.CEILING_TIME.key(), ceilingTime.map(TimeText::format).orElse(null));
    map.put(SettingKey.PRECISION.key(), precision.orElse(null));
    map.put(SettingKey.WARMUP_UNTIL_STEADY.key(), warmupUntilSteady);
    map.put(SettingKey.ANATOMY.key(), anatomy);
    return map;
  }
}
