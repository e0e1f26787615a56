package io.mooseng.bench.core.machine.doctor;

import io.mooseng.bench.core.machine.SystemFiles;
import io.mooseng.bench.core.machine.ceiling.Ceilings;
import io.mooseng.bench.core.model.ByteSize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Examines the machine: under a second, unprivileged, and without changing anything. */
public final class Doctor {

  private final SystemFiles files;
  private final Path store;

  Doctor(SystemFiles files, Path store) {
    this.files = files;
    this.store = store;
  }

  /**
   * @param store the directory a run would keep its data in
   */
  public static Doctor ofThisMachine(Path store) {
    return new Doctor(SystemFiles.ofThisMachine(), store);
  }

  /**
   * Makes every check, in the order in which a reader wants them.
   *
   * @param found is told of each check as it ends, in the calling thread
   */
  public List<Check> examine(Consumer<Check> found) {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    Runtime runtime = Runtime.getRuntime();
    List<Supplier<Check>> checks =
        List.of(
            () ->
                HostChecks.java(
                    Runtime.version().feature(),
                    System.getProperty("java.vendor"),
                    System.getProperty("java.runtime.version")),
            () ->
                HostChecks.cores(
                    files, runtime.availableProcessors(), new ByteSize(runtime.maxMemory())),
            () -> HostChecks.privileges(files),
            () -> HostChecks.governor(files),
            () -> TimingChecks.clock(System::nanoTime),
            () -> TimingChecks.park(System::nanoTime),
            () -> TimingChecks.noise(System::nanoTime),
            () -> DirectoryChecks.jmhLock(temporary),
            () -> DirectoryChecks.directory(files, "temporary directory", temporary),
            () -> DirectoryChecks.directory(files, "store directory", store),
            () -> HostChecks.pageCacheDrop(files),
            NetworkChecks::loopback,
            () -> NetworkChecks.congestionControl(files));
    List<Check> results = new ArrayList<>();
    for (Supplier<Check> check : checks) {
      Check result = check.get();
      found.accept(result);
      results.add(result);
    }
    return List.copyOf(results);
  }

  /** Sums ceilings up as one more check. */
  public static Check ofCeilings(Ceilings ceilings) {
    String measured =
        ceilings.measured().values().stream()
            .map(
                ceiling ->
                    String.format(
                        Locale.ROOT,
                        "%s %.3g %s",
                        ceiling.kind().label(),
                        ceiling.value(),
                        ceiling.kind().unit().label()))
            .collect(Collectors.joining(", "));
    if (measured.isEmpty()) {
      return Check.missing("ceilings", "none measured", "give a writable directory");
    }
    if (ceilings.unavailable().isEmpty()) {
      return Check.ok("ceilings", measured);
    }
    String lacking =
        ceilings.unavailable().entrySet().stream()
            .map(entry -> entry.getKey().label() + " (" + entry.getValue() + ")")
            .collect(Collectors.joining(", "));
    return Check.limited("ceilings", measured, "use a directory that allows: " + lacking);
  }
}
