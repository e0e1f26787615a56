/** The strict, immutable settings of a run, and the single parser of them. */
package io.mooseng.bench.core.config;
