/** The report of runs as one HTML file that needs nothing else: no network, no script. */
package io.mooseng.bench.core.report.html;
