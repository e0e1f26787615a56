/**
 * The bridge to JMH: a plan becomes runs of JMH, one cell and fork at a time; what the forks
 * recorded comes back as result records. Also holds what runs inside a fork: the session a
 * benchmark opens its target through, and the probe that keeps its iterations.
 */
package io.mooseng.bench.core.jmh;
