/** From tests to verdicts: which difference counts as a change, and when to stop looking. */
package io.mooseng.bench.core.analysis.verdict;
