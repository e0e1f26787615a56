/**
 * Processes and temporary directories that must not outlive the run that made them, even when that
 * run is killed.
 */
package io.mooseng.bench.core.process;
