/**
 * Which files and directories exist, and of which chunks a file is made.
 *
 * <p>A {@link io.mooseng.bench.core.server.namespace.Namespace} orders commands and makes them
 * durable; what a command does is said once, in {@link
 * io.mooseng.bench.core.server.namespace.NamespaceTree}, a deterministic state machine that a
 * replicated namespace can reuse.
 */
package io.mooseng.bench.core.server.namespace;
