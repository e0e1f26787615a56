package io.mooseng.bench.core.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.workload.Content;
import io.mooseng.bench.core.workload.Payload;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Shorthand for the tests of the contract. */
final class ContractFixture {

  private ContractFixture() {}

  static OperationTrace trace() {
    return new OperationTrace();
  }

  static Payload payload(long bytes) {
    return Payload.of(7, bytes, new ByteSize(bytes));
  }

  static byte[] bytes(Content payload) {
    Collector collector = new Collector();
    for (long offset = 0; offset < payload.size(); ) {
      ByteBuffer slice = payload.slice(offset, Payload.BLOCK_BYTES);
      offset += slice.remaining();
      collector.accept(slice);
    }
    return collector.bytes();
  }

  static byte[] read(TargetDriver driver, FileRef file) throws OperationException {
    Collector collector = new Collector();
    driver.read(file, collector, trace());
    return collector.bytes();
  }

  static byte[] readRange(TargetDriver driver, FileRef file, long offset, long length)
      throws OperationException {
    Collector collector = new Collector();
    driver.readRange(file, offset, length, collector, trace());
    return collector.bytes();
  }

  static byte[] range(Content content, long offset, int length) {
    return Arrays.copyOfRange(bytes(content), (int) offset, (int) offset + length);
  }

  /** The CRC32C of a whole file, as it is read. */
  static int crcOf(TargetDriver driver, FileRef file) throws OperationException {
    CRC32C crc = new CRC32C();
    driver.read(file, crc::update, trace());
    return (int) crc.getValue();
  }

  static void assertFails(FailureKind kind, ThrowingCallable operation) {
    OperationException failure = catchThrowableOfType(OperationException.class, operation);
    assertThat(failure).as("expected to fail with " + kind).isNotNull();
    assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
    assertThat(failure.getMessage()).isNotBlank().doesNotContain("\n");
  }

  /** All names of a directory, read in pages of {@code limit}. */
  static List<String> listAll(TargetDriver driver, FileRef directory, int limit)
      throws OperationException {
    List<String> names = new ArrayList<>();
    long offset = 0;
    while (true) {
      ListPage page = driver.list(directory, offset, limit, trace());
      assertThat(page.names()).hasSizeLessThanOrEqualTo(limit);
      names.addAll(page.names());
      if (!page.hasMore()) {
        return names;
      }
      assertThat(page.names()).as("a page with more after it").isNotEmpty();
      offset = page.nextOffset();
    }
  }

  /** Keeps what it takes, in the order in which it takes it. */
  static final class Collector implements FrameSink {

    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

    @Override
    public void accept(ByteBuffer frame) {
      byte[] copy = new byte[frame.remaining()];
      frame.get(copy);
      taken.writeBytes(copy);
    }

    byte[] bytes() {
      return taken.toByteArray();
    }
  }
}
