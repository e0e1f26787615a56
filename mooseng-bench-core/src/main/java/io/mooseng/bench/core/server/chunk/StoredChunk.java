package io.mooseng.bench.core.server.chunk;

import java.time.Instant;

/**
 * What a store knows of one chunk.
 *
 * @param version given by the writer; never changes for this content
 * @param size in bytes
 * @param crc32c of the whole content (RFC 3720, appendix B.4)
 * @param written when the content was committed
 */
public record StoredChunk(long chunkId, int version, long size, int crc32c, Instant written) {}
