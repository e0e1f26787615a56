package io.mooseng.bench.core.jmh;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.ExternalProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;

/**
 * Adds the options of a fork to its command line. A profiler is the one place whose JVM options JMH
 * adds to the user's {@code -jvmArgsAppend} instead of replacing them.
 *
 * <p>Created by JMH through its public constructor.
 */
public final class ForkLaunch implements ExternalProfiler {

  /** Separates options in {@link #ForkLaunch}'s argument; cannot occur in them. */
  static final String SEPARATOR = "\n";

  private final List<String> options;

  /**
   * @param options JVM options, separated by {@link #SEPARATOR}
   */
  public ForkLaunch(String options) {
    this.options = options.isEmpty() ? List.of() : Arrays.asList(options.split(SEPARATOR));
  }

  @Override
  public Collection<String> addJVMInvokeOptions(BenchmarkParams params) {
    return List.of();
  }

  @Override
  public Collection<String> addJVMOptions(BenchmarkParams params) {
    return options;
  }

  /** JMH starts warm-up forks first, with the same settings: what they recorded is no result. */
  @Override
  public void beforeTrial(BenchmarkParams params) {
    String settings = System.getProperty(ForkSettings.PROPERTY);
    if (settings != null) {
      ForkSettings fork = ForkSettings.read(Path.of(settings));
      new ForkLog(Path.of(fork.logFile())).clear();
      Optional.ofNullable(fork.workload().recording())
          .ifPresent(recording -> remove(recording.path()));
    }
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("the trace of a warm-up fork cannot be removed", e);
    }
  }

  @Override
  public Collection<? extends Result<?>> afterTrial(
      BenchmarkResult result, long pid, File standardOut, File standardError) {
    return List.of();
  }

  @Override
  public boolean allowPrintOut() {
    return true;
  }

  @Override
  public boolean allowPrintErr() {
    return true;
  }

  @Override
  public String getDescription() {
    return "MooseNG Bench: settings of a fork";
  }
}
