/**
 * What runs inside of a region: the namespace of the embedded server as a replicated state machine
 * on Apache Ratis, and the calls that only a region has.
 */
package io.mooseng.bench.multiregion.replica;
