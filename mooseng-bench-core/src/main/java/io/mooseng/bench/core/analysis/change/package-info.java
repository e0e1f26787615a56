/**
 * Where a series of numbers changes its level, and whether it has one: arithmetic on values and a
 * seed.
 */
package io.mooseng.bench.core.analysis.change;
