package io.mooseng.bench.multiregion.history;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * What an operation did to the object named by its key, with what the client was told. An object
 * holds a value or is absent. As a register it is written and read; as a file name it is created,
 * looked up and deleted, and its value is what it names, such as an inode.
 *
 * <p>What was told is empty while the client does not know: the operation is under way, or it timed
 * out. Values are positive.
 */
public sealed interface Action {

  /** The label in exports: {@code read}. */
  String label();

  /** The same with nothing told. */
  Action untold();

  /**
   * Reads a register, or looks a name up.
   *
   * @param told whether the client was told anything
   * @param observed the value; empty for an absent object
   */
  record Read(boolean told, OptionalLong observed) implements Action {
    public Read {
      Objects.requireNonNull(observed);
    }

    /** A read whose answer is not known yet. */
    public static Read asked() {
      return new Read(false, OptionalLong.empty());
    }

    /** A read that was answered with a value. */
    public static Read of(long value) {
      return new Read(true, OptionalLong.of(value));
    }

    /** A read that was answered with "there is none". */
    public static Read absent() {
      return new Read(true, OptionalLong.empty());
    }

    @Override
    public String label() {
      return "read";
    }

    @Override
    public Action untold() {
      return asked();
    }

    @Override
    public String toString() {
      String value = observed.isPresent() ? Long.toString(observed.getAsLong()) : "absent";
      return "read " + (told ? value : "?");
    }
  }

  /** Sets the value, whatever it was. */
  record Write(long value) implements Action {
    @Override
    public String label() {
      return "write";
    }

    @Override
    public Action untold() {
      return this;
    }

    @Override
    public String toString() {
      return "write " + value;
    }
  }

  /** Sets the value if it is {@code expected}, and tells whether it was. */
  record CompareAndSet(long expected, long value, Told told) implements Action {
    public CompareAndSet {
      Objects.requireNonNull(told);
    }

    @Override
    public String label() {
      return "cas";
    }

    @Override
    public Action untold() {
      return new CompareAndSet(expected, value, Told.NOTHING);
    }

    @Override
    public String toString() {
      return "cas %d to %d: %s".formatted(expected, value, told.word());
    }
  }

  /** Makes the object if it is absent, and tells whether it did. */
  record Create(long value, Told told) implements Action {
    public Create {
      Objects.requireNonNull(told);
    }

    @Override
    public String label() {
      return "create";
    }

    @Override
    public Action untold() {
      return new Create(value, Told.NOTHING);
    }

    @Override
    public String toString() {
      return "create %d: %s".formatted(value, told.word());
    }
  }

  /** Removes the object if it is there, and tells whether it was. */
  record Delete(Told told) implements Action {
    public Delete {
      Objects.requireNonNull(told);
    }

    @Override
    public String label() {
      return "delete";
    }

    @Override
    public Action untold() {
      return new Delete(Told.NOTHING);
    }

    @Override
    public String toString() {
      return "delete: " + told.word();
    }
  }

  /** What the client was told of an operation that can be refused. */
  enum Told {
    /** Nothing so far, and perhaps never. */
    NOTHING("?"),
    /** It was done. */
    DONE("done"),
    /** It was refused, and changed nothing. */
    REFUSED("refused");

    private final String word;

    Told(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }
}
