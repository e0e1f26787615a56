/**
 * Any {@code java.nio.file} file system as a target, by URI: a local disk, a mount, or a provider
 * that is installed or on the class path.
 */
package io.mooseng.bench.core.target.nio;
