package io.mooseng.bench.core.jmh;

/**
 * What a fork must know of its target besides the address.
 *
 * @param runRoot name of the directory of the run below the target's root, or null if all of the
 *     target belongs to the fork
 * @param keep whether what the fork made stays
 * @param server the server to start in the fork's own JVM, or null
 * @param storagePid the process that reads the target's storage, {@link #THIS_PROCESS} or {@link
 *     #UNKNOWN_PROCESS}
 */
record TargetAccess(String runRoot, boolean keep, OwnServer server, long storagePid) {

  /** The fork itself reads the storage. */
  static final long THIS_PROCESS = 0;

  /** Nobody here knows which process reads the storage. */
  static final long UNKNOWN_PROCESS = -1;

  /** No server to start, and a target that belongs to the fork alone. */
  static final TargetAccess PLAIN = new TargetAccess(null, false, null, UNKNOWN_PROCESS);

  /**
   * A server in the fork's own JVM.
   *
   * @param store its directory, or null for memory
   */
  record OwnServer(String store) {}
}
