package io.mooseng.bench.core.workload.mix;

/**
 * A file that has to exist before the first operation.
 *
 * @param fileId as in {@link PlannedOperation#fileId}
 * @param path relative to the directory of the run, with {@code /} between names
 * @param size in bytes
 */
public record InitialFile(long fileId, String path, long size) {}
