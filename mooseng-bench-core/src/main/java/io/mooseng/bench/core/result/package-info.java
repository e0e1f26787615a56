/**
 * What a run leaves behind: immutable, schema-versioned records; the metrics computed from
 * measurements; and the run directory that holds them on disk.
 */
package io.mooseng.bench.core.result;
