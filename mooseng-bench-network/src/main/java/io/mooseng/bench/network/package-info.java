/** Benchmarks of connections. */
package io.mooseng.bench.network;
