package io.mooseng.bench.core.target.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.workload.Content;
import io.mooseng.bench.core.workload.FileContent;
import io.mooseng.bench.core.workload.Payload;
import java.io.BufferedReader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server that is killed while a file is changed in place. What was acknowledged is there
 * afterwards. Of the write it was killed in, every byte is old or new, or its block is reported as
 * corrupt; an append costs no block.
 */
@Timeout(120)
class KilledServerTest {

  private static final int BLOCK_BYTES = 64 << 10;
  private static final int LARGEST_CHANGE = 2_000_000;
  private static final int ROUNDS = 3;

  @TempDir Path directory;

  private SplittableRandom random;
  private FileRef file;

  /** What the file holds by what was acknowledged. */
  private FileContent content;

  /** The write that was under way when the server was killed. */
  private long pendingOffset;

  private Payload pending;

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void leavesWhatWasAcknowledged(long seed) throws Exception {
    random = new SplittableRandom(seed);
    for (int round = 0; round < ROUNDS; round++) {
      Process server = ServerProcess.startIn(directory);
      try (BufferedReader output = server.inputReader();
          GrpcDriver driver = GrpcDriver.open(output.readLine(), GrpcOptions.defaults())) {
        if (round == 0) {
          Payload first = payload(3_000_000);
          file = driver.write(driver.root(), "file", first, new OperationTrace());
          content = FileContent.of(first);
        } else {
          verify(driver);
        }
        changeUntilKilled(driver, server);
      } finally {
        server.destroyForcibly().waitFor();
      }
    }
  }

  private Payload payload(int size) {
    return Payload.of(random.nextLong(1_000), size, new ByteSize(size));
  }

  private void changeUntilKilled(GrpcDriver driver, Process server) throws Exception {
    for (int change = random.nextInt(3, 10); ; change--) {
      pending = payload(random.nextInt(1, LARGEST_CHANGE));
      boolean append = random.nextBoolean();
      pendingOffset =
          append ? content.size() : random.nextLong(content.size() - pending.size() + 1);
      if (change == 0) {
        CompletableFuture.delayedExecutor(random.nextInt(3_000), TimeUnit.MICROSECONDS)
            .execute(server::destroyForcibly);
      }
      try {
        if (append) {
          driver.append(file, pending, new OperationTrace());
          content.append(pending);
        } else {
          driver.overwrite(file, pendingOffset, pending, new OperationTrace());
          content.overwrite(pendingOffset, pending);
        }
      } catch (OperationException e) {
        assertThat(e.kind()).as(e.getMessage()).isEqualTo(FailureKind.UNAVAILABLE);
        return;
      }
    }
  }

  private void verify(GrpcDriver driver) throws Exception {
    OperationTrace trace = new OperationTrace();
    boolean append = pendingOffset == content.size();
    if (driver.stat(file, trace).size() > content.size()) {
      assertThat(append).as("only an append changes the size").isTrue();
      content.append(pending);
    }
    assertThat(driver.stat(file, trace).size()).isEqualTo(content.size());
    long pendingEnd = append ? pendingOffset : pendingOffset + pending.size();
    for (long start = 0; start < content.size(); start += BLOCK_BYTES) {
      int length = (int) Math.min(BLOCK_BYTES, content.size() - start);
      ByteBuffer found = ByteBuffer.allocate(length);
      try {
        driver.readRange(file, start, length, found::put, trace);
        assertOldOrNew(found.flip(), start, pendingEnd);
      } catch (OperationException e) {
        assertThat(e.kind()).as(e.getMessage()).isEqualTo(FailureKind.CORRUPT);
        assertThat(start < pendingEnd && pendingOffset < start + length)
            .as("block %d is not of the write from %d to %d", start, pendingOffset, pendingEnd)
            .isTrue();
      }
    }
    long from = pendingOffset / BLOCK_BYTES * BLOCK_BYTES;
    long to = Math.min(content.size(), (pendingEnd / BLOCK_BYTES + 1) * BLOCK_BYTES);
    if (from < to) {
      Payload again = payload((int) (to - from));
      driver.overwrite(file, from, again, trace);
      content.overwrite(from, again);
    }
    int expected = content.crc32c(0, content.size());
    CRC32C crc = new CRC32C();
    driver.read(file, crc::update, trace);
    assertThat((int) crc.getValue()).as("once it was written again").isEqualTo(expected);
  }

  private void assertOldOrNew(ByteBuffer found, long start, long pendingEnd) {
    byte[] old = bytes(content, start, found.limit());
    long changedFrom = Math.max(start, pendingOffset);
    int changed = (int) Math.max(0, Math.min(start + found.limit(), pendingEnd) - changedFrom);
    byte[] changing = bytes(pending, changed == 0 ? 0 : changedFrom - pendingOffset, changed);
    for (int i = 0; i < found.limit(); i++) {
      long inChange = start + i - changedFrom;
      boolean isNew =
          0 <= inChange && inChange < changed && found.get(i) == changing[(int) inChange];
      if (found.get(i) != old[i] && !isNew) {
        throw new AssertionError("byte " + (start + i) + " is neither the old nor the new one");
      }
    }
  }

  private static byte[] bytes(Content of, long offset, int length) {
    ByteBuffer all = ByteBuffer.allocate(length);
    while (all.hasRemaining()) {
      all.put(of.slice(offset + all.position(), all.remaining()));
    }
    return all.array();
  }
}
