package io.mooseng.bench.core.link.impair;

import io.mooseng.bench.core.link.profile.OneWay;
import io.mooseng.bench.core.random.SeededRandom;
import java.util.Optional;

/**
 * One direction of a link, packet by packet: losses, then the bottleneck with its queue, then the
 * delay with its jitter.
 *
 * <p>Packets keep their order but for those that are reordered: such a packet does not wait for the
 * delay. A copy follows its packet through the bottleneck.
 *
 * <p>Pure: times are given and answered on the same clock, which should not go backwards. Confined
 * to one thread.
 */
public final class Impairment {

  private static final int BITS_PER_BYTE = 8;

  /** What random numbers are drawn for; each purpose has a sequence of its own. */
  private enum Purpose {
    LOSS,
    JITTER,
    REORDER,
    DUPLICATE,
    CORRUPT
  }

  private final OneWay way;
  private final Optional<Serializer> bottleneck;
  private final LossSource losses;
  private final JitterSource jitter;
  private final SeededRandom reorders;
  private final SeededRandom duplicates;
  private final SeededRandom corruptions;
  private long packets;
  private long latest = Long.MIN_VALUE;

  /**
   * @param seed decides on everything that is left to chance; give each direction of each link one
   *     of its own, such as {@link #seedOf} makes
   */
  public Impairment(OneWay way, long seed) {
    this.way = way;
    this.bottleneck = way.bottleneck().map(Serializer::new);
    this.losses = new LossSource(way.loss(), random(seed, Purpose.LOSS));
    this.jitter = new JitterSource(way.jitter(), random(seed, Purpose.JITTER));
    this.reorders = random(seed, Purpose.REORDER);
    this.duplicates = random(seed, Purpose.DUPLICATE);
    this.corruptions = random(seed, Purpose.CORRUPT);
  }

  /**
   * The seed of a direction.
   *
   * @param runSeed of the run
   * @param hop which link of the path, from 0 at the client
   * @param outbound whether the direction is from client to server
   */
  public static long seedOf(long runSeed, int hop, boolean outbound) {
    return SeededRandom.of(runSeed, hop, outbound ? 0 : 1).nextLong();
  }

  private static SeededRandom random(long seed, Purpose purpose) {
    return SeededRandom.of(seed, purpose.ordinal());
  }

  /**
   * Takes in the next packet.
   *
   * @param arrivalNanos when it arrives; not before the one before it
   * @param bytes its length with headers, at least 1
   */
  public Fate next(long arrivalNanos, int bytes) {
    long number = packets++;
    // Drawn for every packet, also for one that is dropped: what happens to a packet by chance
    // depends on the seed and its number alone.
    boolean lost = losses.next();
    long jitterNanos = jitter.nextNanos();
    boolean reordered = reorders.nextUnit() < way.reorder();
    boolean duplicated = duplicates.nextUnit() < way.duplicate();
    boolean corrupt = corruptions.nextUnit() < way.corrupt();
    int bit = (int) corruptions.nextBelow((long) bytes * BITS_PER_BYTE);
    if (lost) {
      return dropped(number, Fate.Kind.LOST);
    }
    if (!hasRoom(arrivalNanos, bytes)) {
      return dropped(number, Fate.Kind.QUEUE_FULL);
    }
    long sent = sent(arrivalNanos, bytes);
    long departure = reordered ? sent : inOrder(sent + delay(jitterNanos));
    long copy = Fate.NO_COPY;
    if (duplicated && hasRoom(arrivalNanos, bytes)) {
      long copySent = sent(arrivalNanos, bytes);
      copy = reordered ? copySent : inOrder(copySent + delay(jitterNanos));
    }
    return new Fate(number, Fate.Kind.PASSES, departure, copy, corrupt ? bit : Fate.INTACT);
  }

  private static Fate dropped(long number, Fate.Kind kind) {
    return new Fate(number, kind, Long.MIN_VALUE, Fate.NO_COPY, Fate.INTACT);
  }

  private boolean hasRoom(long arrivalNanos, int bytes) {
    return bottleneck.map(slow -> slow.hasRoom(arrivalNanos, bytes)).orElse(true);
  }

  private long sent(long arrivalNanos, int bytes) {
    return bottleneck.map(slow -> slow.sent(arrivalNanos, bytes)).orElse(arrivalNanos);
  }

  private long delay(long jitterNanos) {
    return Math.max(0, way.delay().toNanos() + jitterNanos);
  }

  private long inOrder(long departure) {
    latest = Math.max(latest, departure);
    return latest;
  }
}
