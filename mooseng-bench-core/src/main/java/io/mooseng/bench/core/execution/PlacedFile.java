package io.mooseng.bench.core.execution;

import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.workload.Payload;

/**
 * A file that exists on the target.
 *
 * @param content what it holds
 */
record PlacedFile(FileRef ref, Payload content) {}
