/**
 * Two runs beside each other: whether they may be compared at all, by how much each row differs,
 * and what can be concluded.
 */
package io.mooseng.bench.core.analysis.compare;
