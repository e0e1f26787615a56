/**
 * The strict, immutable settings of a run, and the single parser of them; and the strict reading of
 * any other YAML file a user hands in.
 */
package io.mooseng.bench.core.config;
