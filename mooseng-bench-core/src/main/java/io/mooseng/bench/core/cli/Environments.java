package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.config.RunSettings;
import io.mooseng.bench.core.link.netns.ClientNamespace;
import io.mooseng.bench.core.machine.Fingerprint;
import io.mooseng.bench.core.machine.FingerprintReader;
import io.mooseng.bench.core.machine.JvmSettings;
import io.mooseng.bench.core.machine.ceiling.PlacedCeilings;
import io.mooseng.bench.core.plan.Cell;
import io.mooseng.bench.core.plan.Plan;
import io.mooseng.bench.core.result.Ceiling;
import io.mooseng.bench.core.result.Environment;
import io.mooseng.bench.core.result.RunHeader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a run says of the machine it ran on and of what it was asked to do. */
final class Environments {

  private Environments() {}

  /**
   * @param effectiveProfile name of the profile that decided anything, or null
   * @param jvmFlags of what measures: forks, or this JVM
   */
  static RunHeader header(
      RunSettings settings,
      CommandLine line,
      String effectiveProfile,
      Plan plan,
      Path data,
      List<String> jvmFlags) {
    Map<String, Object> configuration = new TreeMap<>(settings.toMap());
    configuration.put("jmh", line.jmh());
    configuration.put("profile", effectiveProfile);
    configuration.put("sizes", sizes(plan));
    Fingerprint fingerprint =
        FingerprintReader.ofThisMachine()
            .read(JvmSettings.ofFork(jvmFlags), data, workloadHash(plan, settings));
    Environment environment = Environment.of(fingerprint.hard(), fingerprint.soft());
    RunHeader header = RunHeader.of(Instant.now(), configuration, environment);
    // What was made for this run before it began has an id in its name.
    return ClientNamespace.runId().map(header::withShortId).orElse(header);
  }

  /** How long each cell was to run, in JMH's terms. */
  private static Map<String, Object> sizes(Plan plan) {
    Map<String, Object> sizes = new TreeMap<>();
    for (Cell cell : plan.cells()) {
      sizes.put(
          cell.describe() + " " + cell.benchmark().jmhMode(),
          Map.of(
              "forks", cell.sizes().forks(),
              "warmupForks", Plan.warmupForks(cell),
              "warmupIterations", cell.sizes().warmupIterations(),
              "warmupTime", cell.sizes().warmupTime().toString(),
              "iterations", cell.sizes().iterations(),
              "time", cell.sizes().time().toString()));
    }
    return sizes;
  }

  /** Two runs of one workload have one hash: same cells, same sizes, same seed, same files. */
  private static String workloadHash(Plan plan, RunSettings settings) {
    String text =
        plan.cells().stream()
            .map(Environments::identity)
            .sorted()
            .collect(Collectors.joining("\n", "seed " + settings.seed() + "\n", ""));
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(text.getBytes(StandardCharsets.UTF_8));
      settings.workload().workloads().ifPresent(file -> addContent(file, digest));
      settings.workload().trace().ifPresent(file -> addContent(file, digest));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** What a row runs may be in a file of the user's. */
  private static void addContent(Path file, MessageDigest digest) {
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String identity(Cell cell) {
    return cell.describe() + " " + cell.benchmark().jmhMode() + " " + cell.sizes();
  }

  static Map<String, Ceiling> records(PlacedCeilings ceilings) {
    Map<String, Ceiling> records = new TreeMap<>();
    ceilings
        .named()
        .forEach(
            (name, ceiling) ->
                records.put(name, Ceiling.of(ceiling.value(), ceiling.kind().unit().label())));
    return records;
  }
}
