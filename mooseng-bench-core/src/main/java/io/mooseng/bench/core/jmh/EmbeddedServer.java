package io.mooseng.bench.core.jmh;

/** A running embedded server. */
interface EmbeddedServer extends AutoCloseable {

  /** Where it listens: {@code mooseng://127.0.0.1:PORT}. */
  String uri();

  /** Its process, or 0 if that is this one. */
  long pid();

  /** Whether it still runs. */
  boolean isAlive();

  @Override
  void close();
}
