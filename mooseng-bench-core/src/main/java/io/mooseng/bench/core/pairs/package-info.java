/**
 * Two builds or two targets measured in turns: one short run of each makes a pair, and pairs are
 * measured until every row is decided.
 */
package io.mooseng.bench.core.pairs;
