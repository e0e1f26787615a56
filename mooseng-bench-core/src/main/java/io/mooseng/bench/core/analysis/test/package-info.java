/**
 * Tests of hypotheses, adjustments for many of them, and intervals: arithmetic on samples that are
 * independent and, but for the tests of permutations, close to normal.
 */
package io.mooseng.bench.core.analysis.test;
