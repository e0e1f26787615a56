/**
 * The embedded MooseNG server: a reference target that speaks the wire protocol of {@code
 * mooseng.protocol} and really stores what it is given. {@link
 * io.mooseng.bench.core.server.MooseNgServer} puts it together; below it are the namespace, the
 * chunks and the services.
 *
 * <p>What the protocol leaves open is decided so:
 *
 * <ul>
 *   <li>A checksum of bytes is their CRC32C (RFC 3720, appendix B.4) in four bytes, big-endian.
 *   <li>{@code CreateSessionResponse.session_info.options.custom_options["implementation"]} says
 *       what answered, for instance {@code MooseNG Bench embedded server 1.0}: the protocol has no
 *       field of its own for it.
 *   <li>A session that is 0, unknown or expired is UNAUTHENTICATED. It expires an hour after its
 *       last use, or later if it was renewed for longer.
 *   <li>OpenFile's flags are 0, 1 or 2: O_RDONLY, O_WRONLY, O_RDWR. Directories can be opened with
 *       0. A handle does not keep a deleted file alive.
 *   <li>Chunks have the version that AllocateChunk answered, from 1, or a greater one if several
 *       write at once. AllocateChunk for a chunk that is there answers it, with its size.
 *   <li>WriteChunk writes to a part of a chunk that is there, or makes it longer: {@code
 *       total_size} is the size afterwards, frames say their offset, and what they do not cover is
 *       kept. If it is smaller than the chunk, the chunk is written anew. What several at once see
 *       of it, and what a crash leaves, is in {@code
 *       docs/decisions/008-chunks-are-changed-in-place.md}.
 *   <li>The size of a file is the sum of its chunks.
 *   <li>There is one storage class, 0, and it keeps one copy; more copies are made where a client
 *       names {@code chain_servers}. One that fails is told in {@code chain_status}, with {@code
 *       success} false.
 *   <li>{@code used_space} and {@code freed_space} count the bytes of chunks, without checksums.
 * </ul>
 */
package io.mooseng.bench.core.server;
