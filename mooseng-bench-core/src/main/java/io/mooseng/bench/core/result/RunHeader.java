package io.mooseng.bench.core.result;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Pattern;

/**
 * What is known of a run before its first result.
 *
 * @param shortId tells runs of one second apart: lower-case letters and digits
 * @param configuration the effective settings, free-form
 */
public record RunHeader(
    Instant startedAt,
    String shortId,
    SortedMap<String, Object> configuration,
    Environment environment) {

  private static final Pattern SHORT_ID = Pattern.compile("[a-z0-9]{1,16}");
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int RANDOM_BYTES = 3;

  public RunHeader {
    Frozen.require("startedAt", startedAt);
    if (shortId == null || !SHORT_ID.matcher(shortId).matches()) {
      throw new IllegalArgumentException(
          "'" + shortId + "' is not a short id; accepted: 1 to 16 lower-case letters and digits");
    }
    configuration = Frozen.jsonObject(Frozen.require("configuration", configuration));
    Frozen.require("environment", environment);
  }

  /** A header with a random short id of six hexadecimal digits. */
  public static RunHeader of(
      Instant startedAt, Map<String, ?> configuration, Environment environment) {
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    return new RunHeader(
        startedAt, HexFormat.of().formatHex(random), Frozen.jsonObject(configuration), environment);
  }

  /** The same run with another short id. */
  public RunHeader withShortId(String other) {
    return new RunHeader(startedAt, other, configuration, environment);
  }

  /** {@code <UTC timestamp>-<short id>}, also the name of the run's directory. */
  public String runId() {
    return TIMESTAMP.format(startedAt) + "-" + shortId;
  }
}
