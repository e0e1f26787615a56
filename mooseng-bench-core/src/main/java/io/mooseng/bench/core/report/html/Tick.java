package io.mooseng.bench.core.report.html;

/**
 * A mark on an axis.
 *
 * @param at 0 (begin of the axis) to 1
 */
record Tick(double at, String label) {}
