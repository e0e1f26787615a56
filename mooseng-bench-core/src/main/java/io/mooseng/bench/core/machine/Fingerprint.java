package io.mooseng.bench.core.machine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a result depends on besides the code measured.
 *
 * <p>Runs whose <em>hard</em> fields differ are not comparable; a difference in a <em>soft</em>
 * field is worth a warning. A field the machine does not have is the string {@value #NONE}, never
 * missing.
 *
 * @param hard exactly the fields of {@link #HARD_FIELDS}
 * @param soft exactly the fields of {@link #SOFT_FIELDS}
 */
public record Fingerprint(SortedMap<String, String> hard, SortedMap<String, String> soft) {

  /** The value of a field the machine does not have. */
  public static final String NONE = "none";

  public static final Set<String> HARD_FIELDS =
      Set.of(
          "cpu.model",
          "cpu.cores.logical",
          "cpu.cores.physical",
          "cpu.cores.available",
          "memory",
          "kernel",
          "jdk.vendor",
          "jdk.version",
          "jvm.flags",
          "gc",
          "workload.hash");

  public static final Set<String> SOFT_FIELDS =
      Set.of(
          "harness.version",
          "harness.commit",
          "jmh.version",
          "grpc.version",
          "netty.version",
          "protobuf.version",
          "os",
          "container.cpus",
          "container.memory",
          "tcp.congestion-control",
          "cpu.governor",
          "cpu.turbo",
          "memory.transparent-huge-pages",
          "disk.mount",
          "disk.file-system",
          "disk.device",
          "disk.model",
          "disk.medium");

  /** One field in which two fingerprints differ. */
  public record Difference(String field, String here, String there) {}

  public Fingerprint {
    hard = complete("hard", HARD_FIELDS, hard);
    soft = complete("soft", SOFT_FIELDS, soft);
  }

  private static SortedMap<String, String> complete(
      String kind, Set<String> names, Map<String, String> fields) {
    if (!names.equals(fields.keySet())) {
      throw new IllegalArgumentException(
          "the " + kind + " fields are " + fields.keySet() + "; accepted: exactly " + names);
    }
    fields.forEach(
        (name, value) -> {
          if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(
                "the " + kind + " field " + name + " is blank; accepted: a value or " + NONE);
          }
        });
    return Collections.unmodifiableSortedMap(new TreeMap<>(fields));
  }

  /** SHA-256 over the hard fields, in hexadecimal: equal exactly when runs are comparable. */
  public String hash() {
    StringBuilder canonical = new StringBuilder();
    // The length keeps a value with a line break from looking like two fields.
    hard.forEach(
        (name, value) ->
            canonical
                .append(name)
                .append('=')
                .append(value.length())
                .append(':')
                .append(value)
                .append('\n'));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(canonical.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The hard fields in which {@code other} differs; empty if the two are comparable. */
  public List<Difference> hardDifferences(Fingerprint other) {
    return differences(hard, other.hard);
  }

  /** The soft fields in which {@code other} differs. */
  public List<Difference> softDifferences(Fingerprint other) {
    return differences(soft, other.soft);
  }

  private static List<Difference> differences(
      SortedMap<String, String> here, SortedMap<String, String> there) {
    List<Difference> differences = new ArrayList<>();
    here.forEach(
        (name, value) -> {
          if (!value.equals(there.get(name))) {
            differences.add(new Difference(name, value, there.get(name)));
          }
        });
    return differences;
  }
}
