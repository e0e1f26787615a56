package io.mooseng.bench.core.target;

/**
 * Who answered.
 *
 * @param implementation name and version as the system itself gave them, or {@code unknown}
 * @param address where it was reached, for the person reading; never part of a row's identity
 */
public record TargetIdentity(String implementation, String address) {}
