package io.mooseng.bench.core.target;

/** What a benchmark asks of its target; decides which targets it can run against. */
public enum OperationKind {
  /** Moves file data from the target. */
  READ,
  /** Moves file data to the target. */
  WRITE,
  /** Names, attributes and listings. */
  METADATA,
  /** All of these, mixed. */
  MIX,
  /** A single call, over sockets. */
  RPC,
  /** Sets up a connection, over sockets. */
  CONNECTION,
  /** Nothing: the harness itself is measured. */
  HARNESS;

  /** Whether it is about files and their names, whatever the target is. */
  public boolean usesFiles() {
    return this == READ || this == WRITE || this == METADATA || this == MIX;
  }

  /** Whether a target without sockets, such as a local directory, cannot run it. */
  public boolean needsSockets() {
    return this == RPC || this == CONNECTION;
  }
}
