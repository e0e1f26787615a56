/**
 * The backend {@code netem}: namespaces joined by veth pairs and bridges, with the queueing
 * disciplines htb and netem of the kernel in the middle of the path: a loss on the interface of the
 * sender itself would be reported to its TCP, which no real path does.
 */
package io.mooseng.bench.core.link.netem;
