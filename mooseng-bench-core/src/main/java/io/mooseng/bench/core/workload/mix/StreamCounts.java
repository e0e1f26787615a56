package io.mooseng.bench.core.workload.mix;

/**
 * What a stream of operations did beside following the mix.
 *
 * @param planned operations so far
 * @param fallbacks operations replaced by a write since no file was left for them
 * @param displaced operations that took another file than popularity said, since that one was in
 *     use or empty
 * @param lost files given up since a failed operation left them in an unknown state
 * @param files that exist now
 */
public record StreamCounts(long planned, long fallbacks, long displaced, long lost, long files) {}
