/** Calls that no MooseNG server has, for benchmarks of the network; see {@code internal.proto}. */
package io.mooseng.bench.core.server.probe;
