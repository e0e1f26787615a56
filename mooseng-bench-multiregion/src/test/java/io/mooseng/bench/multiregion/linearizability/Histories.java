package io.mooseng.bench.multiregion.linearizability;

import io.mooseng.bench.multiregion.history.Action;
import io.mooseng.bench.multiregion.history.Action.CompareAndSet;
import io.mooseng.bench.multiregion.history.Action.Create;
import io.mooseng.bench.multiregion.history.Action.Delete;
import io.mooseng.bench.multiregion.history.Action.Read;
import io.mooseng.bench.multiregion.history.Action.Told;
import io.mooseng.bench.multiregion.history.Action.Write;
import io.mooseng.bench.multiregion.history.History;
import io.mooseng.bench.multiregion.history.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/** Makes histories, by performing operations on a real object, or at random. */
final class Histories {

  /** What a faulty system does, so that some client sees it. */
  enum Fault {
    /** A write is acknowledged and never takes effect. */
    LOST_WRITE,
    /** A read answers what was overwritten before it began, and others see the new value. */
    STALE_READ,
    /** A write takes effect a second time, after another one. */
    DOUBLE_APPLY
  }

  private static final int SPAN = 1_000;
  private static final double PENDING = 0.02;

  private final SplittableRandom random;
  private final List<Operation> made = new ArrayList<>();
  private long lastValue;
  private int lastProcess;

  private Histories(long seed) {
    random = new SplittableRandom(seed);
  }

  /** A linearizable history: each operation took effect at a moment between its ends. */
  static History valid(long seed, int operations, int keys) {
    return new Histories(seed).over(operations, keys, null);
  }

  /** The same with one fault on one object, at some time. */
  static History faulty(long seed, int operations, int keys, Fault fault) {
    return new Histories(seed).over(operations, keys, fault);
  }

  /** A few operations on one object at random times with random answers. */
  static List<Operation> arbitrary(long seed) {
    Histories histories = new Histories(seed);
    SplittableRandom random = histories.random;
    int count = random.nextInt(1, 7);
    for (int i = 0; i < count; i++) {
      long invoked = random.nextInt(12);
      boolean pending = random.nextInt(5) == 0;
      Action action = histories.arbitraryAction();
      histories.made.add(
          new Operation(
              i,
              "k",
              pending ? action.untold() : action,
              invoked,
              pending ? Operation.PENDING : invoked + random.nextInt(8)));
    }
    return new History(histories.made).operations();
  }

  private Action arbitraryAction() {
    long value = random.nextInt(1, 4);
    Told told = random.nextBoolean() ? Told.DONE : Told.REFUSED;
    return switch (random.nextInt(7)) {
      case 0, 1 -> Read.of(value);
      case 2 -> Read.absent();
      case 3 -> new Write(value);
      case 4 -> new CompareAndSet(value, random.nextInt(1, 4), told);
      case 5 -> new Create(value, told);
      default -> new Delete(told);
    };
  }

  private History over(int operations, int keys, Fault fault) {
    int faultyKey = fault == null ? -1 : random.nextInt(keys);
    for (int key = 0; key < keys; key++) {
      int count = operations / keys;
      boolean names = random.nextInt(4) == 0;
      if (key == faultyKey) {
        int before = random.nextInt(count);
        perform(key, 0, before, OptionalLong.empty(), names);
        long afterwards = (long) SPAN * (before + 1);
        OptionalLong next = plant(key, afterwards, fault);
        perform(key, afterwards + SPAN, count - before, next, names);
      } else {
        perform(key, 0, count, OptionalLong.empty(), names);
      }
    }
    return new History(made);
  }

  private record Plan(long invoked, long effect, long returned) {}

  /**
   * Performs operations on an object, several at once. What is pending has taken effect at some
   * time, or never will.
   *
   * @return the value afterwards
   */
  private OptionalLong perform(int key, long from, int count, OptionalLong start, boolean names) {
    List<Plan> plans = new ArrayList<>();
    long end = from + (long) SPAN * count;
    for (int i = 0; i < count; i++) {
      long invoked = random.nextLong(from, end);
      long returned = random.nextLong(invoked, Math.min(end, invoked + 4 * SPAN) + 1);
      plans.add(new Plan(invoked, random.nextLong(invoked, returned + 1), returned));
    }
    plans.sort(Comparator.comparingLong(Plan::effect));
    OptionalLong value = start;
    for (Plan plan : plans) {
      boolean pending = random.nextDouble() < PENDING;
      if (pending && random.nextBoolean()) {
        add(key, nextAction(value, names).untold(), plan.invoked(), Operation.PENDING);
        continue;
      }
      Action action = nextAction(value, names);
      value = after(value, action);
      add(
          key,
          pending ? action.untold() : action,
          plan.invoked(),
          pending ? Operation.PENDING : plan.returned());
    }
    return value;
  }

  private Action nextAction(OptionalLong value, boolean names) {
    int kind = random.nextInt(10);
    if (kind < 5) {
      return new Read(true, value);
    }
    if (names) {
      return kind < 8
          ? new Create(++lastValue, value.isEmpty() ? Told.DONE : Told.REFUSED)
          : new Delete(value.isPresent() ? Told.DONE : Told.REFUSED);
    }
    if (kind < 8 || value.isEmpty()) {
      return new Write(++lastValue);
    }
    return kind < 9
        ? new CompareAndSet(value.getAsLong(), ++lastValue, Told.DONE)
        : new CompareAndSet(lastValue + 1_000_000, ++lastValue, Told.REFUSED);
  }

  private static OptionalLong after(OptionalLong value, Action action) {
    if (action instanceof Write write) {
      return OptionalLong.of(write.value());
    } else if (action instanceof CompareAndSet cas && cas.told() == Told.DONE) {
      return OptionalLong.of(cas.value());
    } else if (action instanceof Create create && create.told() == Told.DONE) {
      return OptionalLong.of(create.value());
    } else if (action instanceof Delete) {
      return OptionalLong.empty();
    }
    return value;
  }

  /** A fault that no other operation can explain, among reads that are answered correctly. */
  private OptionalLong plant(int key, long from, Fault fault) {
    long first = ++lastValue;
    long second = ++lastValue;
    long at = from + 10;
    add(key, new Write(first), at, at + 10);
    add(key, Read.of(first), at + random.nextInt(5, 15), at + 30);
    add(key, new Write(second), at + 40, at + 50);
    switch (fault) {
      case LOST_WRITE -> {
        add(key, Read.of(first), at + 60, at + 70);
        return OptionalLong.of(first);
      }
      case STALE_READ -> {
        add(key, Read.of(second), at + 55, at + 80);
        add(key, Read.of(first), at + 60, at + 70);
        return OptionalLong.of(second);
      }
      case DOUBLE_APPLY -> {
        add(key, Read.of(second), at + 60, at + 70);
        add(key, Read.of(first), at + 80, at + 90);
        add(key, Read.of(first), at + 85, at + 95);
        return OptionalLong.of(first);
      }
    }
    throw new IllegalArgumentException(fault.toString());
  }

  private void add(int key, Action action, long invoked, long returned) {
    made.add(new Operation(lastProcess++, "k" + key, action, invoked, returned));
  }
}
