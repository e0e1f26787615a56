package io.mooseng.bench.core.target;

/** How far a new connection is taken before it counts as set up. */
public enum ConnectionDepth {
  /** The TCP handshake has completed. */
  TCP,
  /** A first unary call on a new channel has been answered. */
  FIRST_RESPONSE
}
