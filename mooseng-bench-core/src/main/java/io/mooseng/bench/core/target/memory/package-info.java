/**
 * The control: the contract of a target with no I/O, in the memory of this JVM. What it costs is
 * what the harness itself costs.
 */
package io.mooseng.bench.core.target.memory;
