package io.mooseng.bench.core.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs that are written as ever are read by another reader than all others: what it accepts must be
 * what the other one reads.
 */
class UsualRunTest {

  private static final String GOLDEN = Golden.read("run-v4.json");

  private static List<ForkRecord> forks(RunRecord run) {
    return run.results().stream().flatMap(row -> row.forks().stream()).toList();
  }

  @Test
  void theRunsOfThisVersionAreUsual() throws IOException {
    RunRecord run = RunJson.usual(bytes(GOLDEN), RunJson.Kept.ALL).orElseThrow();
    assertThat(run).isEqualTo(SampleRuns.run());
    assertThat(forks(run)).isNotEmpty();
  }

  /** However few bytes come at once, forks are found. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 100, 5_000})
  void bytesMayComeInAnyPortions(int most) throws IOException {
    byte[] bytes = GOLDEN.getBytes(StandardCharsets.UTF_8);
    RunJson.Source slow =
        () ->
            new ByteArrayInputStream(bytes) {
              @Override
              public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(most, length));
              }
            };
    assertThat(RunJson.usual(slow, RunJson.Kept.ALL)).contains(SampleRuns.run());
  }

  @Test
  void runsLargerThanTheBufferAreUsualToo() throws IOException {
    RunRecord large = SampleRuns.large(2_000);
    byte[] bytes = RunJson.bytes(large);
    assertThat(bytes.length).isGreaterThan(1 << 20);
    assertThat(RunJson.usual(() -> new ByteArrayInputStream(bytes), RunJson.Kept.ALL))
        .contains(large);
  }

  /** One byte of the forks is another: what is still accepted means what it means to the other. */
  @Test
  void whatIsAcceptedIsWhatTheOtherReaderReads() throws IOException {
    SplittableRandom random = new SplittableRandom(4);
    String alphabet = "0123456789-+.eE,:{}[]\" \n\\ntf\u0007a";
    int accepted = 0;
    int refused = 0;
    for (int trial = 0; trial < 1_500; trial++) {
      int at = random.nextInt(GOLDEN.length());
      char other = alphabet.charAt(random.nextInt(alphabet.length()));
      int cut = random.nextInt(3);
      String changed =
          GOLDEN.substring(0, at)
              + (cut == 0 ? "" : other)
              + GOLDEN.substring(at + (cut == 2 ? 0 : 1));
      Optional<RunRecord> usual = RunJson.usual(bytes(changed), RunJson.Kept.ALL);
      if (usual.isPresent()) {
        accepted++;
        assertThat(usual.get())
            .as("'%s' at %d", other, at)
            .isEqualTo(RunJson.any(bytes(changed), RunJson.Kept.ALL));
      } else {
        refused++;
      }
    }
    assertThat(accepted).isGreaterThan(100);
    assertThat(refused).isGreaterThan(100);
  }

  @Test
  void aNumberInTheFileIsNoFork() throws IOException {
    int at = GOLDEN.indexOf("\"forks\" : [ {");
    String hidden =
        GOLDEN.substring(0, at) + "\"forks\" : [ 0 ], \"x\" : [ {" + GOLDEN.substring(at + 13);
    assertThat(RunJson.usual(bytes(hidden), RunJson.Kept.ALL)).isEmpty();
    assertThatThrownBy(() -> RunJson.any(bytes(hidden), RunJson.Kept.ALL))
        .isInstanceOf(IOException.class);
  }

  @Test
  void valuesThatNobodyAskedForAreNotKept() throws IOException {
    RunJson.Kept one = new RunJson.Kept(false, "cpu.util"::equals);
    RunRecord usual = RunJson.usual(bytes(GOLDEN), one).orElseThrow();
    assertThat(usual).isEqualTo(RunJson.any(bytes(GOLDEN), one));
    assertThat(forks(usual))
        .flatExtracting(ForkRecord::iterations)
        .allMatch(iteration -> iteration.stageP50Nanos().isEmpty())
        .allMatch(iteration -> iteration.values().keySet().stream().allMatch("cpu.util"::equals));
  }

  private static RunJson.Source bytes(String json) {
    return () -> new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
  }
}
