package io.mooseng.bench.core.machine.ceiling;

import io.mooseng.bench.core.model.ByteSize;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Measures the {@link Ceilings} of this machine, best of {@value #SAMPLES} each.
 *
 * <p>Needs no privilege, uses one thread (two for loopback), and leaves nothing behind. One limit
 * that cannot be measured does not stop the others.
 */
public final class CeilingMeter {

  /** Samples of each kind. */
  public static final int SAMPLES = 5;

  /** Enough for a stable best of five on an idle machine, little enough for every run. */
  public static final Duration DEFAULT_BUDGET = Duration.ofSeconds(4);

  private static final ByteSize LARGEST_FILE = new ByteSize(256L << 20);
  private static final ByteSize LEAST_FILE = new ByteSize(4L << 20);

  /** Room for what comes besides the samples: filling files, finding sizes. */
  private static final int UNTIMED_SAMPLES = 2;

  private final Path directory;
  private final Duration sampleLength;
  private final Consumer<String> progress;

  /**
   * @param directory whose disk is measured: the one the store uses
   * @param budget the time to spend on all; a slow device may take longer
   * @param progress is told one line per kind, in the calling thread
   */
  public CeilingMeter(Path directory, Duration budget, Consumer<String> progress) {
    this.directory = Objects.requireNonNull(directory, "directory");
    this.progress = Objects.requireNonNull(progress, "progress");
    if (budget.isNegative() || budget.isZero()) {
      throw new IllegalArgumentException(
          "the budget for ceilings is " + budget + "; accepted: more than nothing");
    }
    sampleLength =
        budget.dividedBy((long) CeilingKind.values().length * (SAMPLES + UNTIMED_SAMPLES));
  }

  /** Opens a probe; what it opens is closed with the probe. */
  @FunctionalInterface
  private interface Opening {
    Probe open() throws IOException;
  }

  /** Measures every kind, one after the other. */
  public Ceilings measure() {
    return measure(List.of(CeilingKind.values()));
  }

  /** Measures what another directory of the same machine may differ in. */
  public Ceilings measureDisk() {
    return measure(Stream.of(CeilingKind.values()).filter(CeilingKind::ofDisk).toList());
  }

  private Ceilings measure(List<CeilingKind> kinds) {
    Map<CeilingKind, Ceiling> measured = new EnumMap<>(CeilingKind.class);
    Map<CeilingKind, String> unavailable = new EnumMap<>(CeilingKind.class);
    for (CeilingKind kind : kinds) {
      progress.accept(
          String.format(
              Locale.ROOT,
              "ceiling %d of %d: %s",
              kinds.indexOf(kind) + 1,
              kinds.size(),
              kind.label()));
      try {
        measured.put(kind, new Ceiling(kind, samples(() -> open(kind))));
      } catch (IOException e) {
        unavailable.put(kind, reason(e));
      }
    }
    return new Ceilings(measured, unavailable);
  }

  private List<Double> samples(Opening opening) throws IOException {
    try (Probe probe = opening.open()) {
      List<Double> samples = new ArrayList<>();
      for (int i = 0; i < SAMPLES; i++) {
        samples.add(probe.sample(sampleLength));
      }
      return samples;
    }
  }

  private Probe open(CeilingKind kind) throws IOException {
    return switch (kind) {
      case MEMORY_COPY -> new MemoryCopyProbe();
      case LOOPBACK_STREAM -> new LoopbackStreamProbe();
      case LOOPBACK_RTT -> new LoopbackRttProbe();
      case DISK_WRITE_CACHED, DISK_WRITE_SYNCED, DISK_READ_CACHED, DISK_READ_DIRECT, FSYNC ->
          openOnDisk(kind);
    };
  }

  private Probe openOnDisk(CeilingKind kind) throws IOException {
    ScratchFile file = ScratchFile.create(directory, LARGEST_FILE, LEAST_FILE);
    try {
      return switch (kind) {
        case DISK_WRITE_CACHED -> new CachedWriteProbe(file);
        case DISK_WRITE_SYNCED -> new SyncedWriteProbe(file);
        case DISK_READ_CACHED -> new CachedReadProbe(file);
        case DISK_READ_DIRECT -> new DirectReadProbe(file);
        case FSYNC -> new FsyncProbe(file);
        case MEMORY_COPY, LOOPBACK_STREAM, LOOPBACK_RTT ->
            throw new IllegalArgumentException(kind + " needs no disk");
      };
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static String reason(IOException e) {
    String message = e.getMessage() == null ? "" : ": " + e.getMessage();
    return e.getClass() == IOException.class
        ? String.valueOf(e.getMessage())
        : e.getClass().getSimpleName() + message;
  }
}
