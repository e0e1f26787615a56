package io.mooseng.bench.core.workload.mix;

import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.random.SeededRandom;
import io.mooseng.bench.core.random.WeightedChoice;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The endless sequence of operations of one client. It plans and keeps count of which files exist;
 * it touches no target.
 *
 * <p>Whoever performs an operation reports its outcome, once, by {@link #succeeded} or {@link
 * #failed}: only then does a new file take part, and only then may a file that is being changed be
 * used again. Any number of operations may be under way; no two of them disturb each other.
 *
 * <p>The same plan gives the same operations as long as outcomes are the same and are reported at
 * the same places of the sequence. The operations drawn ({@link PlannedOperation#drawn}) depend on
 * nothing but the seed. Safe for use by any number of threads.
 */
public final class OperationStream {

  /** With these a target says that it did nothing, and that the file is still there. */
  private static final Set<FailureKind> REFUSALS =
      EnumSet.of(
          FailureKind.ALREADY_EXISTS,
          FailureKind.PERMISSION_DENIED,
          FailureKind.UNIMPLEMENTED,
          FailureKind.INVALID,
          FailureKind.CONDITIONS_NOT_MET);

  private final ClientFiles files;
  private final Population population;
  private final long rangeBytes;
  private final WeightedChoice<FileOperation> mix;
  private final SizeDistribution.Sampler sizes;
  private final Popularity.Picker popularity;

  // One sequence for each purpose: what the one draws does not move the others.
  private final SeededRandom kindRandom;
  private final SeededRandom sizeRandom;
  private final SeededRandom offsetRandom;
  private final SeededRandom deleteRandom;

  /** By sequence number; the file is missing where the operation holds none. */
  private final Map<Long, Optional<FileEntry>> underWay = new HashMap<>();

  private long planned;
  private long fallbacks;
  private long displaced;
  private long lost;

  /**
   * @param first index of the file at which a sequential walk begins
   */
  OperationStream(
      WorkloadPlan plan, int client, ClientFiles files, Population population, long first) {
    Workload workload = plan.workload();
    long seed = plan.seed();
    this.files = files;
    this.population = population;
    this.rangeBytes = workload.range().map(range -> range.bytes()).orElse(0L);
    this.mix = new WeightedChoice<>(workload.weights());
    this.sizes = workload.sizes().sampler();
    this.kindRandom = Purpose.KIND.random(seed, client);
    this.sizeRandom = Purpose.SIZE.random(seed, client);
    this.offsetRandom = Purpose.OFFSET.random(seed, client);
    this.deleteRandom = Purpose.DELETE.random(seed, client);
    this.popularity = workload.popularity().picker(Purpose.POPULARITY.random(seed, client), first);
  }

  /** Whether a failure of this kind says that the target did nothing to the file. */
  public static boolean leavesFileAsItWas(FailureKind kind) {
    return REFUSALS.contains(kind);
  }

  /** Plans the next operation. */
  public synchronized PlannedOperation next() {
    FileOperation drawn = mix.next(kindRandom);
    Optional<PlannedOperation> operation = drawn.addsFile() ? Optional.empty() : onFile(drawn);
    if (operation.isEmpty() && !drawn.addsFile()) {
      fallbacks++;
    }
    PlannedOperation next = operation.orElseGet(() -> newFile(drawn));
    planned++;
    return next;
  }

  /** The operation did what it should. */
  public synchronized void succeeded(PlannedOperation operation) {
    Optional<FileEntry> held = end(operation);
    if (held.isEmpty()) {
      return;
    }
    FileEntry file = held.get();
    switch (operation.operation()) {
      case CREATE, WRITE -> population.add(file);
      case APPEND -> file.size = operation.size();
      case RENAME -> file.renames++;
      case DELETE -> population.remove(file);
      default -> {
        // The file is as it was.
      }
    }
  }

  /**
   * The operation failed. A new file does not take part. A file that was to be changed is given up,
   * unless the kind of failure says that nothing happened to it; its name is not used again.
   */
  public synchronized void failed(PlannedOperation operation, FailureKind kind) {
    Optional<FileEntry> held = end(operation);
    if (held.isPresent() && operation.operation().changesFile() && !leavesFileAsItWas(kind)) {
      population.remove(held.get());
      lost++;
    }
  }

  public synchronized StreamCounts counts() {
    return new StreamCounts(planned, fallbacks, displaced, lost, population.size());
  }

  private Optional<FileEntry> end(PlannedOperation operation) {
    Optional<FileEntry> held = underWay.remove(operation.sequence());
    if (held == null) {
      throw new IllegalStateException(
          "operation " + operation.sequence() + " is not under way: its outcome was reported");
    }
    if (!operation.operation().addsFile()) {
      held.ifPresent(file -> population.release(file, operation.operation()));
    }
    return held;
  }

  private PlannedOperation newFile(FileOperation drawn) {
    FileOperation operation = drawn == FileOperation.CREATE ? drawn : FileOperation.WRITE;
    long size = operation == FileOperation.CREATE ? 0 : sizes.next(sizeRandom);
    FileEntry file = files.newFile(size);
    underWay.put(planned, Optional.of(file));
    return describe(operation, drawn, file, size, 0, size);
  }

  /** Empty if no file can serve. */
  private Optional<PlannedOperation> onFile(FileOperation operation) {
    boolean deletes = operation == FileOperation.DELETE;
    if (population.size() == 0 || deletes && !population.canLose()) {
      return Optional.empty();
    }
    // What is popular is not what gets deleted: every file is as likely.
    long index =
        deletes ? deleteRandom.nextBelow(population.size()) : popularity.next(population.size());
    FileEntry wanted = population.at(index);
    if (operation.usesDirectory()) {
      underWay.put(planned, Optional.empty());
      return Optional.of(inDirectory(operation, wanted));
    }
    return population.findFree(index, operation).map(file -> onFile(operation, wanted, file));
  }

  private PlannedOperation onFile(FileOperation operation, FileEntry wanted, FileEntry file) {
    displaced += file == wanted ? 0 : 1;
    population.hold(file, operation);
    underWay.put(planned, Optional.of(file));
    return switch (operation) {
      case READ -> describe(operation, operation, file, file.size, 0, file.size);
      case READ_RANGE, OVERWRITE -> block(operation, file);
      case APPEND ->
          describe(operation, operation, file, file.size + rangeBytes, file.size, rangeBytes);
      default -> describe(operation, operation, file, file.size, 0, 0);
    };
  }

  /** One of the blocks into which the range divides the file; the last one may be shorter. */
  private PlannedOperation block(FileOperation operation, FileEntry file) {
    long blocks = (file.size + rangeBytes - 1) / rangeBytes;
    long offset = offsetRandom.nextBelow(blocks) * rangeBytes;
    long length = Math.min(rangeBytes, file.size - offset);
    return describe(operation, operation, file, file.size, offset, length);
  }

  private PlannedOperation inDirectory(FileOperation operation, FileEntry witness) {
    String directory = files.directory(witness);
    String path = operation == FileOperation.LIST ? directory : directory + "/missing" + planned;
    return new PlannedOperation(
        planned, operation, operation, PlannedOperation.NO_FILE, path, Optional.empty(), 0, 0, 0);
  }

  private PlannedOperation describe(
      FileOperation operation,
      FileOperation drawn,
      FileEntry file,
      long size,
      long offset,
      long length) {
    String directory = files.directory(file) + "/";
    Optional<String> to =
        operation == FileOperation.RENAME
            ? Optional.of(directory + file.nextName())
            : Optional.empty();
    return new PlannedOperation(
        planned, operation, drawn, file.id, directory + file.name(), to, size, offset, length);
  }
}
