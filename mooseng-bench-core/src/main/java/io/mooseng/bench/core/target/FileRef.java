package io.mooseng.bench.core.target;

/**
 * A file or directory of a target, in the target's own terms: an inode for MooseNG, a path for a
 * NIO file system. Made by a driver and given back to the same driver; a benchmark never looks
 * inside. Its text form names it for a person, in messages.
 */
public interface FileRef {}
