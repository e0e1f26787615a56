/**
 * Discrete events in virtual time, and the model of a file system that speaks gRPC: no wall clock,
 * no I/O, no threads.
 */
package io.mooseng.bench.core.simulation;
