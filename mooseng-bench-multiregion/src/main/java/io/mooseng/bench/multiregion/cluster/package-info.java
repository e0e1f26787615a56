/**
 * A cluster of regions: how far they are from each other, where each is reached, and how they are
 * started on this machine, one process each, with every link between them emulated.
 */
package io.mooseng.bench.multiregion.cluster;
