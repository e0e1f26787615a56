/** What a run tells Prometheus while it goes on. */
package io.mooseng.bench.core.report.prometheus;
