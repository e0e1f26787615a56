package io.mooseng.bench.core.machine.ceiling;

import java.io.IOException;
import java.time.Duration;

/** Times how long it takes to make 4 KiB durable: the write is not timed, the sync is. */
final class FsyncProbe implements Probe {

  private static final int BLOCK_BYTES = 4096;

  private final ScratchFile file;
  private final RandomBytes random = new RandomBytes(6);

  FsyncProbe(ScratchFile file) {
    this.file = file;
  }

  @Override
  public double sample(Duration length) throws IOException {
    Durations durations = new Durations();
    long start = System.nanoTime();
    do {
      file.write(random.next(BLOCK_BYTES), 0);
      long before = System.nanoTime();
      file.channel().force(true);
      durations.add(System.nanoTime() - before);
    } while (System.nanoTime() - start < length.toNanos());
    return durations.median();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
