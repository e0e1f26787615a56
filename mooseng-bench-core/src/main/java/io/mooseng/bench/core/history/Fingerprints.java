package io.mooseng.bench.core.history;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Digests of what must be equal. */
final class Fingerprints {

  private static final int SHOWN = 12;

  private Fingerprints() {}

  /**
   * Of the hard facts of a run: machine, kernel, JDK and flags, GC, workload. Two runs of which one
   * differ are not comparable.
   */
  static String of(Map<String, String> hardFacts) {
    String lines =
        new TreeMap<>(hardFacts)
            .entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("\n"));
    return sha256(lines).substring(0, SHOWN);
  }

  static String sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
