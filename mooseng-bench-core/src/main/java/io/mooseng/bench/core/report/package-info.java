/** Writes what a run found for people to read. */
package io.mooseng.bench.core.report;
