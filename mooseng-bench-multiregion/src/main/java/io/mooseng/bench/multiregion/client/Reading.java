package io.mooseng.bench.multiregion.client;

import java.util.OptionalLong;

/**
 * What a read was answered.
 *
 * @param value empty if the register was never written
 * @param index everything up to here in the log was visible
 * @param here whether the region that was asked answered by itself
 */
public record Reading(OptionalLong value, long index, boolean here) {}
