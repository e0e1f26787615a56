package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.measure.Ticker;
import java.util.Locale;
import java.util.function.Consumer;

/** Tells how a set-up of many steps gets on, about once a second. For one thread. */
public final class SetUpProgress {

  private static final long INTERVAL_NANOS = 1_000_000_000L;

  private final String what;
  private final long steps;
  private final Ticker ticker;
  private final Consumer<String> lines;
  private long done;
  private long lastShown;

  SetUpProgress(String what, long steps, Ticker ticker, Consumer<String> lines) {
    this.what = what;
    this.steps = steps;
    this.ticker = ticker;
    this.lines = lines;
    this.lastShown = ticker.nanoTime();
  }

  /** Another step is done. */
  public void step() {
    done++;
    long now = ticker.nanoTime();
    if (now - lastShown >= INTERVAL_NANOS) {
      lastShown = now;
      lines.accept(
          String.format(
              Locale.ROOT, "%s%s, %,d of %,d", ProgressOutput.PREPARING, what, done, steps));
    }
  }
}
