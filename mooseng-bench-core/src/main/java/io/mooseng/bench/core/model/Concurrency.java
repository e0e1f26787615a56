package io.mooseng.bench.core.model;

/** How much a load machine does at once. */
public final class Concurrency {

  /** Most clients, or operations of one under way at once. Where these block, each has a thread. */
  public static final int MOST = 10_000;

  private Concurrency() {}
}
