package io.mooseng.bench.core.link.tun;

/**
 * What became of the packets of one direction of a link.
 *
 * @param packets that came, of the size of the MTU at most
 * @param bytes of them, with the headers of IP
 * @param lost by chance
 * @param queueFull dropped by the full queue of the bottleneck
 * @param duplicated that left twice
 * @param corrupted that left with a bit changed
 */
record HopCounts(
    long packets, long bytes, long lost, long queueFull, long duplicated, long corrupted) {}
