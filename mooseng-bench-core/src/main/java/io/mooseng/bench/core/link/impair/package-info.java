/**
 * The one place where it is decided what happens to a packet: number, size and time of arrival lead
 * to being dropped, or to times of departure.
 *
 * <p>Pure arithmetic on a seed and the times given: no clock, no input or output. The same seed
 * drops, delays, duplicates and corrupts the same packet numbers, whatever the times are; only what
 * a full queue drops depends on them.
 */
package io.mooseng.bench.core.link.impair;
