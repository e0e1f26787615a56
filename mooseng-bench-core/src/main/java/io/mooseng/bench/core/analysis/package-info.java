/** Statistics of results: what several rows of a run say together, and whether a row can be so. */
package io.mooseng.bench.core.analysis;
