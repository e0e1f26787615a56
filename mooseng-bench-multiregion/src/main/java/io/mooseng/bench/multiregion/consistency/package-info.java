/**
 * Clients in all regions that write and read registers, every operation recorded; what their reads
 * promised, and whether that was kept.
 */
package io.mooseng.bench.multiregion.consistency;
