/** The store of runs: what was measured when, of which commit, on which machine. */
package io.mooseng.bench.core.history;
