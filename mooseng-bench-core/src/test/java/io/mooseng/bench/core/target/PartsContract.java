package io.mooseng.bench.core.target;

import static io.mooseng.bench.core.target.ContractFixture.assertFails;
import static io.mooseng.bench.core.target.ContractFixture.bytes;
import static io.mooseng.bench.core.target.ContractFixture.crcOf;
import static io.mooseng.bench.core.target.ContractFixture.payload;
import static io.mooseng.bench.core.target.ContractFixture.range;
import static io.mooseng.bench.core.target.ContractFixture.read;
import static io.mooseng.bench.core.target.ContractFixture.readRange;
import static io.mooseng.bench.core.target.ContractFixture.trace;
import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.workload.FileContent;
import io.mooseng.bench.core.workload.Payload;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every driver must do with parts of files; see {@link TargetContract}. */
public interface PartsContract {

  /** The protocol's chunk; other targets have no limit there, which the tests must not show. */
  long CHUNK = 64L << 20;

  TargetDriver openDriver() throws Exception;

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "0,1",
    "0,65536",
    "65535,2",
    "65536,65536",
    "1048575,2",
    "1,2999999",
    "2999999,1",
    "0,3000000",
    "3000000,0"
  })
  @Timeout(60)
  default void readsExactlyTheRange(long offset, int length) throws Exception {
    try (TargetDriver driver = openDriver()) {
      Payload payload = payload(3_000_000);
      FileRef file = driver.write(driver.root(), "file", payload, trace());
      assertThat(readRange(driver, file, offset, length)).isEqualTo(range(payload, offset, length));
    }
  }

  @ParameterizedTest
  @CsvSource({"0,1001", "1000,1", "999,2", "1001,0", "-1,1", "0,-1", "9223372036854775807,2"})
  @Timeout(60)
  default void refusesARangeThatIsNotThere(long offset, long length) throws Exception {
    try (TargetDriver driver = openDriver()) {
      FileRef file = driver.write(driver.root(), "file", payload(1_000), trace());
      FrameSink none =
          frame -> {
            throw new AssertionError("bytes of a range that is not there");
          };
      assertFails(FailureKind.INVALID, () -> driver.readRange(file, offset, length, none, trace()));
    }
  }

  /** Any sequence of changes, against what the file should hold. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  @Timeout(120)
  default void holdsWhatWasWrittenInParts(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    int largest = seed == 1 ? 10_000 : 1_500_000;
    try (TargetDriver driver = openDriver()) {
      Payload first = payload(1 + random.nextInt(largest));
      FileRef file = driver.write(driver.root(), "file", first, trace());
      FileContent content = FileContent.of(first);
      for (int change = 0; change < 40; change++) {
        Payload payload = Payload.of(seed, change, new ByteSize(1 + random.nextInt(largest / 8)));
        if (random.nextInt(3) == 0 || payload.size() > content.size()) {
          driver.append(file, payload, trace());
          content.append(payload);
        } else {
          long offset = random.nextLong(content.size() - payload.size() + 1);
          driver.overwrite(file, offset, payload, trace());
          content.overwrite(offset, payload);
        }
        assertThat(driver.stat(file, trace()).size()).isEqualTo(content.size());
        long from = random.nextLong(content.size());
        int length = (int) random.nextLong(content.size() - from + 1);
        assertThat(readRange(driver, file, from, length)).isEqualTo(range(content, from, length));
      }
      assertThat(read(driver, file)).isEqualTo(bytes(content));
    }
  }

  @ContractCheck
  default void appendsToAnEmptyFile() throws Exception {
    try (TargetDriver driver = openDriver()) {
      FileRef file = driver.create(driver.root(), "file", trace());
      FileContent content = new FileContent();
      for (int size = 1; size <= 100_000; size *= 10) {
        driver.append(file, payload(size), trace());
        content.append(payload(size));
        assertThat(driver.stat(file, trace())).isEqualTo(new FileInfo(content.size(), false));
        assertThat(read(driver, file)).isEqualTo(bytes(content));
      }
    }
  }

  @ContractCheck
  default void anOverwriteDoesNotExtendAFile() throws Exception {
    try (TargetDriver driver = openDriver()) {
      Payload payload = payload(1_000);
      FileRef file = driver.write(driver.root(), "file", payload, trace());
      for (long offset : new long[] {1, 999, 1_000, 5_000, CHUNK, 10 * CHUNK, -1}) {
        assertFails(FailureKind.INVALID, () -> driver.overwrite(file, offset, payload, trace()));
      }
      assertFails(FailureKind.INVALID, () -> driver.overwrite(file, 0, payload(0), trace()));
      assertFails(FailureKind.INVALID, () -> driver.append(file, payload(0), trace()));
      assertThat(driver.stat(file, trace()).size()).isEqualTo(1_000);
      assertThat(read(driver, file)).isEqualTo(bytes(payload));
      driver.overwrite(file, 0, payload(999), trace());
      driver.append(file, payload(5), trace());
      assertThat(driver.stat(file, trace()).size()).isEqualTo(1_005);
    }
  }

  @ContractCheck
  default void partsOfADeletedFileAreNotFound() throws Exception {
    try (TargetDriver driver = openDriver()) {
      FileRef file = driver.write(driver.root(), "file", payload(1_000), trace());
      driver.delete(file, trace());
      FailureKind kind = FailureKind.NOT_FOUND;
      assertFails(kind, () -> driver.readRange(file, 0, 1, frame -> {}, trace()));
      assertFails(kind, () -> driver.overwrite(file, 0, payload(1), trace()));
      assertFails(kind, () -> driver.append(file, payload(1), trace()));
      assertThat(ContractFixture.listAll(driver, driver.root(), 10)).isEmpty();
    }
  }

  /** One file of more than a chunk, for it takes its time. */
  @ContractCheck
  default void partsMayCrossChunks() throws Exception {
    try (TargetDriver driver = openDriver()) {
      Payload first = payload(CHUNK - 1_000);
      FileRef file = driver.write(driver.root(), "file", first, trace());
      FileContent content = FileContent.of(first);
      for (Payload appended : new Payload[] {payload(300_000), payload(7)}) {
        driver.append(file, appended, trace());
        content.append(appended);
      }
      driver.overwrite(file, CHUNK - 100_001, payload(200_002), trace());
      content.overwrite(CHUNK - 100_001, payload(200_002));
      driver.overwrite(file, CHUNK, payload(10), trace());
      content.overwrite(CHUNK, payload(10));
      assertThat(driver.stat(file, trace()).size()).isEqualTo(content.size());
      for (long[] part : new long[][] {{CHUNK - 5, 10}, {CHUNK, 1}, {CHUNK - 200_000, 400_000}}) {
        ContractFixture.Collector collector = new ContractFixture.Collector();
        driver.readRange(file, part[0], part[1], collector, trace());
        CRC32C crc = new CRC32C();
        crc.update(collector.bytes());
        assertThat(collector.bytes()).hasSize((int) part[1]);
        assertThat((int) crc.getValue()).isEqualTo(content.crc32c(part[0], part[1]));
      }
      assertThat(crcOf(driver, file)).isEqualTo(content.crc32c(0, content.size()));
    }
  }
}
