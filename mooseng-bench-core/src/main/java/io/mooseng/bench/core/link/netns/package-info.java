/**
 * Network namespaces that belong to a run: made by the command {@code ip}, named after their owner,
 * entered by threads, and removed when the run has ended, by whatever means.
 *
 * <p>Nothing outside of these namespaces is ever changed. Devices are made inside of them and go
 * with them.
 */
package io.mooseng.bench.core.link.netns;
