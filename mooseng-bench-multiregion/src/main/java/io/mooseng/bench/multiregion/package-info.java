/** Benchmarks across regions. */
package io.mooseng.bench.multiregion;
