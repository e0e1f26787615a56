package io.mooseng.bench.multiregion.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.proto.ShardCommand;
import io.mooseng.bench.proto.ShardPrepare;
import io.mooseng.bench.proto.ShardResolve;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class ShardStateTest {

  private final ShardState shard = new ShardState();

  private static ShardCommand prepare(String transaction, String key, long value) {
    return ShardCommand.newBuilder()
        .setTransaction(transaction)
        .setPrepare(ShardPrepare.newBuilder().putWrites(key, value))
        .build();
  }

  private static ShardCommand end(String transaction, boolean commit) {
    return ShardCommand.newBuilder().setTransaction(transaction).setCommit(commit).build();
  }

  private static ShardCommand resolve(String transaction) {
    return ShardCommand.newBuilder()
        .setTransaction(transaction)
        .setResolve(ShardResolve.getDefaultInstance())
        .build();
  }

  @Test
  void aHeldKeyIsRefusedUntilItsHolderEnds() {
    assertThat(shard.apply(prepare("t1", "k", 1))).isTrue();
    assertThat(shard.apply(prepare("t1", "k", 1))).as("again").isTrue();
    assertThat(shard.apply(prepare("t2", "k", 2))).isFalse();
    assertThat(shard.values()).isEmpty();
    assertThat(shard.prepared()).containsExactly("t1");
    assertThat(shard.apply(end("t1", true))).isTrue();
    assertThat(shard.values()).isEqualTo(Map.of("k", 1L));
    assertThat(shard.apply(prepare("t3", "k", 3))).isTrue();
    assertThat(shard.apply(end("t3", false))).isFalse();
    assertThat(shard.values()).isEqualTo(Map.of("k", 1L));
  }

  @Test
  void theFirstDecisionIsTheLast() {
    shard.apply(prepare("t1", "k", 1));
    assertThat(shard.apply(resolve("t1"))).isFalse();
    assertThat(shard.apply(end("t1", true))).as("the coordinator was only slow").isFalse();
    assertThat(shard.values()).isEmpty();
    shard.apply(prepare("t2", "k", 2));
    shard.apply(end("t2", true));
    assertThat(shard.apply(resolve("t2"))).isTrue();
    assertThat(shard.apply(prepare("t1", "k", 9))).as("too late").isFalse();
    assertThatThrownBy(() -> shard.apply(end("t9", true))).hasMessageContaining("never prepared");
  }

  /** Coordinators that stop anywhere, and recoveries at any time, in any order of steps. */
  @Test
  void bothShardsEndAlikeWhoeverDies() {
    for (int seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      ShardState first = new ShardState();
      ShardState second = new ShardState();
      List<List<BooleanSupplier>> coordinators = new ArrayList<>();
      for (int t = 0; t < 6; t++) {
        coordinators.add(steps("t" + t, "k" + random.nextInt(2), t + 1, first, second));
      }
      for (int step = 0; step < 60; step++) {
        List<BooleanSupplier> steps = coordinators.get(random.nextInt(coordinators.size()));
        if (random.nextInt(8) == 0) {
          recover(first, second);
        } else if (random.nextInt(12) == 0) {
          steps.clear();
        } else if (!steps.isEmpty() && !steps.remove(0).getAsBoolean()) {
          steps.clear();
        }
      }
      recover(first, second);
      assertThat(second.values()).as("seed %d", seed).isEqualTo(first.values());
      assertThat(first.prepared()).isEmpty();
      assertThat(second.prepared()).isEmpty();
    }
  }

  private static List<BooleanSupplier> steps(
      String transaction, String key, long value, ShardState first, ShardState second) {
    boolean[] granted = {true};
    boolean[] committed = {false};
    return new ArrayList<>(
        List.of(
            () -> {
              granted[0] &= first.apply(prepare(transaction, key, value));
              return true;
            },
            () -> {
              granted[0] &= second.apply(prepare(transaction, key, value));
              return true;
            },
            () -> {
              committed[0] = first.apply(end(transaction, granted[0]));
              return true;
            },
            () -> {
              second.apply(end(transaction, committed[0]));
              return true;
            }));
  }

  private static void recover(ShardState first, ShardState second) {
    List<String> all = new ArrayList<>(first.prepared());
    all.addAll(second.prepared());
    for (String transaction : all) {
      second.apply(end(transaction, first.apply(resolve(transaction))));
    }
  }
}
