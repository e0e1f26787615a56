/** Benchmarks of file data and metadata, and of what recording them costs. */
package io.mooseng.bench.file;
