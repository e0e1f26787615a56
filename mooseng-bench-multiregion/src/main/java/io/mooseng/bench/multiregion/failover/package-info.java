/**
 * Faults that come and go while clients keep asking: scripted timelines, an observer of who leads,
 * a load that does not wait for answers, and what an outage consists of.
 */
package io.mooseng.bench.multiregion.failover;
