/**
 * What will run: which benchmarks at which parameters against which targets, in which order and for
 * how long; validated before anything starts.
 */
package io.mooseng.bench.core.plan;
