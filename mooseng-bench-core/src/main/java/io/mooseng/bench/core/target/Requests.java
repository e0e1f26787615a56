package io.mooseng.bench.core.target;

import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.workload.Payload;
import java.util.List;

/** What drivers refuse in the same way, as INVALID. */
public final class Requests {

  private Requests() {}

  /** Refuses a range that is not within a file of {@code size} bytes. */
  public static void requireWithin(long offset, long length, long size) throws OperationException {
    if (offset < 0 || length < 0 || offset > size - length) {
      throw OperationException.light(
          FailureKind.INVALID,
          "%d bytes from %d are not within a file of %d bytes".formatted(length, offset, size));
    }
  }

  /** Refuses an offset that no file has, whatever its size is. */
  public static void requireOffset(long offset) throws OperationException {
    if (offset < 0) {
      throw OperationException.light(
          FailureKind.INVALID, "offset is " + offset + "; accepted: 0 or more");
    }
  }

  /** Refuses to change a file by nothing. */
  public static void requireSomething(Payload payload) throws OperationException {
    if (payload.size() == 0) {
      throw OperationException.light(
          FailureKind.INVALID, "nothing to write; accepted: a payload of 1 byte or more");
    }
  }

  /**
   * The names that a path below {@link TargetDriver#root} consists of, at least one.
   *
   * @param path names separated by single slashes
   */
  public static List<String> namesOf(String path) throws OperationException {
    List<String> names = List.of(path.split("/", -1));
    for (String name : names) {
      if (name.isEmpty() || name.equals(".") || name.equals("..")) {
        throw OperationException.light(
            FailureKind.INVALID,
            "'" + path + "' is not a path; accepted: names separated by single slashes");
      }
    }
    return names;
  }
}
