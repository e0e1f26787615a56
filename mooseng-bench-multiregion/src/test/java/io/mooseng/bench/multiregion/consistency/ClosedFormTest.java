package io.mooseng.bench.multiregion.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.multiregion.client.ConsistencyModel;
import io.mooseng.bench.multiregion.cluster.RttMatrix;
import io.mooseng.bench.multiregion.cluster.RttPresets;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected sums are done by hand from the preset {@code wide}, 72.7, 131.5 and 178.4 ms. */
class ClosedFormTest {

  private static final long MILLI = 1_000_000;
  private static final long MEGABYTE = 1 << 20;
  private static final RttMatrix WIDE = RttPresets.named("wide");
  private static final String LEADER = "us-east-1";

  @ParameterizedTest
  @CsvSource({
    "us-east-1, 72.7, 72.7, 0, 0",
    "us-west-1, 145.4, 145.4, 72.7, 72.7",
    "ap-northeast-2, 251.1, 251.1, 178.4, 178.4"
  })
  void distancesAddUp(
      String client, double write, double readIndex, double lease, double leaderLocal) {
    assertThat(ClosedForm.writeNanos(WIDE, client, LEADER)).isEqualTo(nanos(write));
    assertThat(read(client, ConsistencyModel.LINEARIZABLE, false)).hasValue(nanos(readIndex));
    assertThat(read(client, ConsistencyModel.LINEARIZABLE, true)).hasValue(nanos(lease));
    assertThat(read(client, ConsistencyModel.LEADER_LOCAL, true)).hasValue(nanos(leaderLocal));
    assertThat(read(client, ConsistencyModel.MONOTONIC, true)).hasValue(0);
  }

  @Test
  void nobodyKnowsWhenAFollowerHasTheReadersOwnWrite() {
    assertThat(read(LEADER, ConsistencyModel.READ_YOUR_WRITES, true)).hasValue(0);
    assertThat(read("us-west-1", ConsistencyModel.READ_YOUR_WRITES, true)).isEmpty();
  }

  private static OptionalLong read(String client, ConsistencyModel model, boolean lease) {
    return ClosedForm.readNanos(WIDE, client, LEADER, model, lease);
  }

  /**
   * CreateFile and AllocateChunk are a write each, and so is the report of a copy. A file of two
   * copies: 72.7 twice, then to the west, its report over the leader, and back: 72.7 + 145.4.
   * Three: to Seoul from the west, 131.5, and its report, 251.1.
   */
  @ParameterizedTest
  @CsvSource({"1, 218.1", "2, 363.5", "3, 600.7"})
  void aFileIsAcknowledgedByTheLastOfItsChain(int copies, double millis) {
    assertThat(file(copies, 4096)).isEqualTo(nanos(millis));
  }

  /**
   * A window of 8 MB is there at once, and holds less of a file than that, as headers of messages
   * count; each further one has to wait a round trip of its link.
   */
  @ParameterizedTest
  @CsvSource({
    "1, 64, 218.1",
    "2, 7, 363.5",
    "2, 8, 436.2",
    "2, 15, 436.2",
    "2, 16, 508.9",
    "3, 16, 863.7",
    "3, 64, 1652.7"
  })
  void whatGoesBeyondAWindowWaits(int copies, int megabytes, double millis) {
    assertThat(file(copies, megabytes * MEGABYTE)).isEqualTo(nanos(millis));
  }

  /** The second chunk is allocated when the first is acknowledged: 64 MB, then 36 MB. */
  @Test
  void chunksFollowEachOther() {
    assertThat(file(1, 64 * MEGABYTE + 1)).isEqualTo(nanos(72.7 + 2 * (72.7 + 72.7)));
    assertThat(file(2, 100 * MEGABYTE))
        .isEqualTo(nanos(72.7 + 2 * (72.7 + 72.7 + 145.4) + (8 + 4) * 72.7));
  }

  @Test
  void anEmptyFileHasNoChunk() {
    assertThat(file(3, 0)).isEqualTo(nanos(72.7));
  }

  private static long file(int copies, long bytes) {
    List<String> chain = List.of(LEADER, "us-west-1", "ap-northeast-2").subList(0, copies);
    return ClosedForm.fileNanos(WIDE, chain, bytes);
  }

  private static long nanos(double millis) {
    return Math.round(millis * MILLI);
  }

  @ParameterizedTest
  @CsvSource({
    "100, 14.9, false",
    "100, 15.1, true",
    "200, 15.1, true",
    "10, 1.6, true",
    "0, 14.9, false",
    "0, 15.1, true",
    "100, -0.1, false",
    "100, -0.3, true"
  })
  void aResidualBeyondItsBoundsIsConspicuous(double expected, double residual, boolean is) {
    assertThat(ClosedForm.isConspicuous(nanos(expected), nanos(residual))).isEqualTo(is);
  }
}
