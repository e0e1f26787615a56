package io.mooseng.bench.core.target;

import io.mooseng.bench.core.workload.Content;

/**
 * A file and what it holds.
 *
 * @param content not changed while the file is read
 */
public record KnownFile(FileRef file, Content content) {}
