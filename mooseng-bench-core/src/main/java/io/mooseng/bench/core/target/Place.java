package io.mooseng.bench.core.target;

/** What an asynchronous operation takes up while it is under way. */
interface Place {

  /**
   * The operation has ended and was recorded; told of every operation, whoever waits for it.
   *
   * @param success whether it was recorded as one
   */
  void ended(boolean success);

  /**
   * The place is free again; told after {@link #ended}, of operations that were still under way
   * when the call that started them returned.
   */
  void leave();
}
