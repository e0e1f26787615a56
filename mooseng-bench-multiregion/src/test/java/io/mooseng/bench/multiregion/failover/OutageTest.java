package io.mooseng.bench.multiregion.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.multiregion.failover.Attempt.Ending;
import io.mooseng.bench.multiregion.failover.Attempt.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutageTest {

  private static Attempt attempt(String region, Kind kind, long start, long end, Ending ending) {
    return new Attempt(region, kind, start, end, ending, Optional.empty());
  }

  private static Attempt creation(long end, Ending ending, String name) {
    return new Attempt("a", Kind.CREATE, end - 5, end, ending, Optional.of(name));
  }

  @Test
  void anOutageIsTheSumOfItsParts() {
    List<Attempt> attempts =
        List.of(
            attempt("a", Kind.WRITE, 80, 90, Ending.DONE),
            attempt("a", Kind.READ, 85, 99, Ending.DONE),
            attempt("a", Kind.WRITE, 95, 400, Ending.DONE),
            attempt("b", Kind.WRITE, 120, 390, Ending.DONE),
            attempt("b", Kind.WRITE, 130, 2_000, Ending.UNKNOWN),
            attempt("a", Kind.WRITE, 140, 410, Ending.DONE),
            attempt("b", Kind.READ, 150, 350, Ending.DONE),
            attempt("b", Kind.READ, 160, 170, Ending.REFUSED),
            creation(450, Ending.DONE, "there"),
            creation(460, Ending.DONE, "gone"),
            creation(470, Ending.DONE_BEFORE, "twice"),
            creation(480, Ending.UNKNOWN, "perhaps"));
    List<LeadershipLog.Sight> sights =
        List.of(
            new LeadershipLog.Sight(10, "a", "LEADER", 3, true),
            new LeadershipLog.Sight(110, "a", "LEADER", 3, false),
            new LeadershipLog.Sight(200, "b", "CANDIDATE", 4, false),
            new LeadershipLog.Sight(250, "b", "LEADER", 4, false),
            new LeadershipLog.Sight(300, "b", "LEADER", 4, true));
    Outage outage =
        Outage.of(
            100, 500, attempts, sights, OptionalLong.of(77), Set.of("there", "twice", "perhaps"));
    assertThat(outage.detection()).hasValue(100);
    assertThat(outage.election()).hasValue(200);
    assertThat(outage.writeGap()).isEqualTo(300);
    assertThat(outage.readGap()).isEqualTo(251);
    assertThat(outage.firstWrite()).containsEntry("a", 310L).containsEntry("b", 290L);
    assertThat(outage.firstRead()).containsOnlyKeys("b").containsEntry("b", 250L);
    assertThat(outage.lost()).isEqualTo(1);
    assertThat(outage.duplicated()).isEqualTo(1);
    assertThat(outage.unknown()).isEqualTo(2);
    assertThat(outage.unknownButDone()).isEqualTo(1);
    assertThat(outage.refused()).isEqualTo(1);
  }

  @Test
  void anOutageThatNeverEndsLastsUntilTheEnd() {
    Outage outage =
        Outage.of(
            100,
            900,
            List.of(attempt("a", Kind.WRITE, 80, 90, Ending.DONE)),
            List.of(),
            OptionalLong.empty(),
            Set.of());
    assertThat(outage.writeGap()).isEqualTo(810);
    assertThat(outage.election()).isEmpty();
    assertThat(outage.describe()).contains("election: not seen");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "transfer",
        "kill-leader",
        "pause-leader",
        "isolate-leader",
        "mute-leader",
        "slow-leader",
        "lose-farthest"
      })
  void presetsAreTimelines(String name) {
    FaultTimeline timeline = FaultTimeline.preset(name);
    assertThat(timeline.name()).isEqualTo(name);
    assertThat(timeline.firstFault()).isEqualTo(Duration.ofSeconds(2));
    assertThat(timeline.lastMend().isPresent()).isEqualTo(!name.equals("transfer"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          do: kill | do: nuke | step 1: key 'do': "nuke": accepted: kill, restart, pause
          at: 2s | at: 12s | step 'kill leader' at PT12S is not before the end, at PT10S
          at: 2s | at: soon | key 'at': "soon": accepted: a time such as
          do: kill | do: slow | step 1: 'by' belongs to 'slow'
          do: kill | do: mend | no step breaks anything
          region: leader | place: leader | step 1: unknown key 'place'
          """)
  void whatIsWrongIsSaidInOneLine(String right, String wrong, String message) {
    String yaml =
        "name: x\nlength: 10s\nsteps:\n  - {at: 2s, do: kill, region: leader}\n"
            .replace(right, wrong);
    assertThatThrownBy(() -> FaultTimeline.parse("-p fault=x.yaml", yaml))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("-p fault=x.yaml: ")
        .hasMessageContaining(message);
  }
}
