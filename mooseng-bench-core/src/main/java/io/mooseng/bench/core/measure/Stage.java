package io.mooseng.bench.core.measure;

import java.util.Locale;

/** A part of an operation whose time is kept apart. */
public enum Stage {
  /** Waiting in the client for a stream: all that its connections may have are in use. */
  QUEUE,
  /** Calls to the master: create, locate, allocate. */
  MASTER_RPC,
  /** From the request for data to the first byte of it. */
  FIRST_BYTE,
  /** From the first byte to the last. */
  TRANSFER,
  /** Computing the CRC32C of every arriving frame; part of the time of the stages around it. */
  VERIFY;

  /** The name used in result files, for instance {@code stage.first-byte.p50}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
