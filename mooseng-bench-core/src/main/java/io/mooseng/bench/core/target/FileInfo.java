package io.mooseng.bench.core.target;

/**
 * What a stat answers.
 *
 * @param size in bytes; 0 for a directory
 */
public record FileInfo(long size, boolean directory) {}
