package io.mooseng.bench.multiregion.failover;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What a fault did, taken apart. Times are in nanoseconds; those without a beginning of their own
 * count from the fault.
 *
 * @param detection until a region was seen in a newer term, as it asked for votes or followed one
 *     who had; empty if that never came
 * @param election until another region was ready to lead, or the same in a newer term
 * @param writeGap the longest time, ending after the fault, in which no change of any client was
 *     acknowledged
 * @param readGap the same for reads
 * @param firstWrite by region: until the first acknowledged change that was asked for after the
 *     fault
 * @param firstRead the same for reads
 * @param catchUp from the last mending until every region had applied all that was committed then;
 *     empty if nothing was mended, or that was not seen
 * @param lost acknowledged creations that were not there afterwards
 * @param duplicated creations that found their own name taken, so were carried out twice
 * @param unknown operations of unknown outcome
 * @param unknownButDone creations among them that were there afterwards
 * @param refused operations that certainly were not done
 */
record Outage(
    OptionalLong detection,
    OptionalLong election,
    long writeGap,
    long readGap,
    Map<String, Long> firstWrite,
    Map<String, Long> firstRead,
    OptionalLong catchUp,
    long lost,
    long duplicated,
    long unknown,
    long unknownButDone,
    long refused) {

  /**
   * @param faultNanos when the first fault was there
   * @param names all that were there in the end
   */
  static Outage of(
      long faultNanos,
      long endNanos,
      List<Attempt> attempts,
      List<LeadershipLog.Sight> sights,
      OptionalLong catchUp,
      Collection<String> names) {
    return new Outage(
        newerTerm(faultNanos, sights, sight -> true),
        newerTerm(faultNanos, sights, LeadershipLog.Sight::ready),
        gap(faultNanos, endNanos, attempts, Attempt::changes),
        gap(faultNanos, endNanos, attempts, attempt -> !attempt.changes()),
        first(faultNanos, attempts, Attempt::changes),
        first(faultNanos, attempts, attempt -> !attempt.changes()),
        catchUp,
        count(attempts, attempt -> attempt.done() && missing(attempt, names)),
        count(attempts, attempt -> attempt.ending() == Attempt.Ending.DONE_BEFORE),
        count(attempts, attempt -> attempt.ending() == Attempt.Ending.UNKNOWN),
        count(
            attempts,
            attempt ->
                attempt.ending() == Attempt.Ending.UNKNOWN
                    && attempt.name().isPresent()
                    && !missing(attempt, names)),
        count(attempts, attempt -> attempt.ending() == Attempt.Ending.REFUSED));
  }

  private static boolean missing(Attempt attempt, Collection<String> names) {
    return attempt.name().filter(name -> !names.contains(name)).isPresent();
  }

  private static long count(List<Attempt> attempts, Predicate<Attempt> wanted) {
    return attempts.stream().filter(wanted).count();
  }

  private static OptionalLong newerTerm(
      long faultNanos, List<LeadershipLog.Sight> sights, Predicate<LeadershipLog.Sight> wanted) {
    long known =
        sights.stream()
            .filter(sight -> sight.nanos() <= faultNanos)
            .mapToLong(LeadershipLog.Sight::term)
            .max()
            .orElse(0);
    return sights.stream()
        .filter(sight -> sight.nanos() > faultNanos && sight.term() > known)
        .filter(wanted)
        .mapToLong(sight -> sight.nanos() - faultNanos)
        .min();
  }

  private static long gap(
      long faultNanos, long endNanos, List<Attempt> attempts, Predicate<Attempt> kind) {
    List<Long> answered =
        attempts.stream()
            .filter(kind)
            .filter(Attempt::done)
            .map(Attempt::endedNanos)
            .sorted()
            .toList();
    long before = answered.stream().filter(nanos -> nanos <= faultNanos).reduce(0L, Math::max);
    long last = before == 0 ? faultNanos : before;
    long longest = 0;
    for (long nanos : answered) {
      if (nanos > faultNanos) {
        longest = Math.max(longest, nanos - last);
        last = nanos;
      }
    }
    return Math.max(longest, endNanos - last);
  }

  private static Map<String, Long> first(
      long faultNanos, List<Attempt> attempts, Predicate<Attempt> kind) {
    Map<String, Long> first = new TreeMap<>();
    attempts.stream()
        .filter(kind)
        .filter(attempt -> attempt.done() && attempt.intendedNanos() >= faultNanos)
        .forEach(
            attempt -> first.merge(attempt.region(), attempt.endedNanos() - faultNanos, Math::min));
    return first;
  }

  /** The parts, a line each. */
  String describe() {
    StringBuilder text = new StringBuilder();
    line(text, "detection", detection);
    line(text, "election", election);
    line(text, "longest time without an acknowledged change", OptionalLong.of(writeGap));
    line(text, "longest time without an answered read", OptionalLong.of(readGap));
    firstWrite.forEach(
        (region, nanos) -> line(text, "first change from " + region, OptionalLong.of(nanos)));
    firstRead.forEach(
        (region, nanos) -> line(text, "first read from " + region, OptionalLong.of(nanos)));
    line(text, "caught up", catchUp);
    text.append(
        "operations: %d lost, %d duplicated, %d of unknown outcome (%d creations of them done), %d refused%n"
            .formatted(lost, duplicated, unknown, unknownButDone, refused));
    return text.toString();
  }

  private static void line(StringBuilder text, String what, OptionalLong nanos) {
    text.append(what).append(": ");
    text.append(nanos.isPresent() ? nanos.getAsLong() / 1_000_000 + " ms" : "not seen");
    text.append('\n');
  }
}
