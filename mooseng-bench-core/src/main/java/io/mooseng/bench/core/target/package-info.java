/**
 * The system under test as a benchmark sees it: the SPI an adapter implements ({@link
 * io.mooseng.bench.core.target.TargetDriver}), the measuring facade a benchmark calls ({@link
 * io.mooseng.bench.core.target.Target}), and the resolution of a URI into one of them.
 */
package io.mooseng.bench.core.target;
