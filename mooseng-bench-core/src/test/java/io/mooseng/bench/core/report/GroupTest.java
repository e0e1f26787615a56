package io.mooseng.bench.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.result.FailureRecord;
import io.mooseng.bench.core.result.NetworkRecord;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.RowHeader;
import io.mooseng.bench.core.result.TargetRecord;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GroupTest {

  private static final Style STYLE = new Style(false);

  private static ResultRecord row(Map<String, String> params) {
    RowHeader header =
        RowHeader.of(
            "io.mooseng.bench.file.ABenchmark.read",
            "thrpt",
            params,
            Fidelity.EMBEDDED,
            null,
            new TargetRecord("t1", "mooseng-bench 0.1", null),
            NetworkRecord.none());
    return ResultRecord.failed(header, List.of(), new FailureRecord(FailureKind.TIMEOUT, "late"));
  }

  @Test
  void whatAllRowsHaveInCommonIsSaidOnce() {
    Group group =
        Group.of(
            "A.read",
            List.of(
                row(Map.of("channels", "1", "deadline", "30s", "inFlight", "1", "target", "t1")),
                row(Map.of("channels", "1", "deadline", "30s", "inFlight", "5", "target", "t1"))),
            STYLE);
    assertThat(group.heading()).containsExactly("A.read", "channels=1", "deadline=30s");
    assertThat(group.rows().get(0).params()).containsExactly("inFlight=1", "target=t1");
    assertThat(group.rows().get(1).params()).containsExactly("inFlight=5", "target=t1");
  }

  @Test
  void whatOneRowLacksIsNotCommon() {
    Group group =
        Group.of(
            "A.read",
            List.of(row(Map.of("channels", "1", "target", "t1")), row(Map.of("target", "t1"))),
            STYLE);
    assertThat(group.heading()).containsExactly("A.read");
    assertThat(group.rows().get(0).params()).containsExactly("channels=1", "target=t1");
  }

  @Test
  void aLongHeadingWraps() {
    List<String> words = List.of("A.read", "a=" + "x".repeat(60), "b=" + "y".repeat(60), "c=1");
    assertThat(Columns.heading(words))
        .containsExactly("A.read a=" + "x".repeat(60), "    b=" + "y".repeat(60) + " c=1");
  }
}
