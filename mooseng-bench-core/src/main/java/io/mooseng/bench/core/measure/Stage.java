package io.mooseng.bench.core.measure;

import java.util.Locale;

/**
 * A part of an operation whose time is kept apart.
 *
 * <p>Those of role {@link Role#STEP} follow each other and together are the operation; those of
 * other roles are parts of the time of steps, and are in no sum. What comes before an operation on
 * a schedule, from its intended start to its start, is no stage: it is {@link Series#LAG}.
 */
public enum Stage {
  /**
   * Waiting in the client for what it has too few of: a stream, where all that its connections may
   * have are in use; a thread; the name of a file that another operation of the client works on.
   */
  QUEUE(Role.STEP),
  /**
   * Waiting for a connection that is not there when it is needed: name, TCP, TLS and HTTP/2 set-up,
   * or its repair. Not there for an operation whose connections were.
   */
  CONNECT(Role.STEP),
  /** The TLS handshake, where it is told apart from the connection it is made on. */
  TLS(Role.STEP),
  /** Calls to the master: create, locate, allocate, and whatever changes or asks for metadata. */
  MASTER_RPC(Role.STEP),
  /** What a mounted or local file system does for a name: open, create, stat, rename, list. */
  METADATA(Role.STEP),
  /** From the request for data to the first byte of it. */
  FIRST_BYTE(Role.STEP),
  /** From the first byte to the last; of a write, until the last byte was handed over. */
  TRANSFER(Role.STEP),
  /**
   * After the last byte: the end of the call or the closing of the file. Of a write until the
   * acknowledgement: what was handed over is sent, stored, and forced to disk where that is asked
   * for. Also waking the thread that waits for an operation.
   */
  CLOSE(Role.STEP),
  /** Waiting, after a call that failed, until it is made again. */
  BACK_OFF(Role.STEP),
  /** Computing the CRC32C of every arriving frame. */
  VERIFY(Role.WITHIN),
  /**
   * From the start of a call until the server has received its headers: the client's threads and
   * queues, the connection, the server's event loop. This and the next two are only there where the
   * server told its times by the client's clock, of every call of the operation.
   */
  REQUEST(Role.OF_CALLS),
  /**
   * From there until the server has ended the call, waiting for more data of the client included.
   */
  SERVER(Role.OF_CALLS),
  /**
   * From there until the client has noticed: what was left of the answer to be sent, and the way.
   */
  ANSWER(Role.OF_CALLS);

  /** How the time of a stage relates to that of the operation. */
  public enum Role {
    /** One after the other, the steps of an operation make up its time. */
    STEP,
    /** Happens while a step lasts. */
    WITHIN,
    /** The calls of the operation, split by another line than the steps. */
    OF_CALLS
  }

  private final Role role;

  Stage(Role role) {
    this.role = role;
  }

  public Role role() {
    return role;
  }

  /** The name used in result files, for instance {@code stage.first-byte.p50}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
