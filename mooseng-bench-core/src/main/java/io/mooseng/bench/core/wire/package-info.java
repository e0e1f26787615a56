/**
 * The bytes of the protocol's data messages, read and written without copying them into protobuf
 * objects: what both ends of a chunk transfer share.
 *
 * <p>The encoding is that of the generated classes, byte for byte; only the objects differ. Besides
 * this package, only {@code target.grpc} and {@code server} know gRPC.
 */
package io.mooseng.bench.core.wire;
