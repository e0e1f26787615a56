package io.mooseng.bench.core.measure;

/**
 * A call of the target that an operation has made, as whoever noted it keeps it until the operation
 * was recorded; see {@link OperationTrace#note}.
 */
public interface NotedCall {}
