package io.mooseng.bench.core.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FetchedShareTest {

  private static final long MEGABYTE = 1 << 20;

  private final FetchedShare share = new FetchedShare();

  @Test
  void noReadsAreNotCalledWarm() {
    assertThat(share.whyNotCold()).isEmpty();
  }

  @Test
  void readsThatWereFetchedAreCold() {
    share.add(MEGABYTE, MEGABYTE);
    share.add(MEGABYTE, MEGABYTE - MEGABYTE / 10);

    assertThat(share.whyNotCold()).isEmpty();
  }

  @Test
  void readsFromMemoryAreNotCold() {
    share.add(10 * MEGABYTE, 8 * MEGABYTE);

    assertThat(share.whyNotCold())
        .hasValue("not cold: 10.0 MB were read and 8.0 MB of them fetched from a device");
  }

  @Test
  void codeThatIsFetchedWithOneReadDoesNotMakeTheOthersCold() {
    share.add(MEGABYTE, 100 * MEGABYTE);
    share.add(MEGABYTE, 0);

    assertThat(share.whyNotCold()).isPresent();
  }
}
