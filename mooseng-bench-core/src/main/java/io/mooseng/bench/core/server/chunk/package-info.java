/**
 * Where the bytes of chunks are, and the certainty that the bytes read are the bytes written: every
 * 64 KiB block on disk has a CRC32C that is verified on every read.
 */
package io.mooseng.bench.core.server.chunk;
