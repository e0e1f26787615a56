package io.mooseng.bench.core.workload.mix;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a workload does to a file system. */
public enum FileOperation {
  /** Creates an empty file. */
  CREATE(Effect.ADDS, false),
  /** Creates a file and writes all of its content. */
  WRITE(Effect.ADDS, false),
  /** Reads a whole file. */
  READ(Effect.NONE, false),
  /** Reads a part of a file. */
  READ_RANGE(Effect.NONE, true),
  /** Writes a part of a file again. */
  OVERWRITE(Effect.CHANGES, true),
  /** Writes at the end of a file. */
  APPEND(Effect.CHANGES, true),
  /** Attributes of a file that the client holds already. */
  STAT(Effect.NONE, false),
  /** Attributes of a file by its path, resolved from the root. */
  STAT_PATH(Effect.NONE, false),
  /** Attributes of a path that does not exist; success is that the target says so. */
  STAT_MISSING(Effect.NONE, false),
  /** All names in a directory. */
  LIST(Effect.NONE, false),
  /** Gives a file a new name in its directory. */
  RENAME(Effect.CHANGES, false),
  /** Deletes a file. */
  DELETE(Effect.CHANGES, false);

  private enum Effect {
    NONE,
    ADDS,
    CHANGES
  }

  private final Effect effect;
  private final boolean range;

  FileOperation(Effect effect, boolean range) {
    this.effect = effect;
    this.range = range;
  }

  /** The name used in workload files and traces. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The operation with this label. */
  public static Optional<FileOperation> ofLabel(String label) {
    return Arrays.stream(values()).filter(value -> value.label().equals(label)).findFirst();
  }

  /** Every label, for messages. */
  public static String labels() {
    return Arrays.stream(values()).map(FileOperation::label).collect(Collectors.joining(", "));
  }

  /** Whether it makes a file. */
  public boolean addsFile() {
    return effect == Effect.ADDS;
  }

  /** Whether it changes a file that exists, so that nothing else may use the file meanwhile. */
  public boolean changesFile() {
    return effect == Effect.CHANGES;
  }

  /** Whether it leaves the file system as it is. */
  public boolean readOnly() {
    return effect == Effect.NONE;
  }

  /** Whether it acts on a part of a file. */
  public boolean usesRange() {
    return range;
  }

  /** Whether it acts on a directory, of which any file that lies in it is a witness. */
  boolean usesDirectory() {
    return this == LIST || this == STAT_MISSING;
  }

  /** Whether an empty file cannot serve it. */
  boolean needsContent() {
    return this == READ_RANGE || this == OVERWRITE;
  }
}
