package io.mooseng.bench.core.server.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RegionTransferTest {

  @Test
  void aLimitSaysWhenTheNextByteMayLeave() {
    assertThat(RegionTransfer.dueNanos(1 << 20, 0)).isZero();
    assertThat(RegionTransfer.dueNanos(0, 8)).isZero();
    // 1,000,000 bytes are 8 megabits.
    assertThat(RegionTransfer.dueNanos(1_000_000, 8)).isEqualTo(1_000_000_000L);
    assertThat(RegionTransfer.dueNanos(64L << 20, 1)).isEqualTo(536_870_912_000L);
  }
}
