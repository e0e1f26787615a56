package io.mooseng.bench.core.config;

/**
 * What a run may do to the data around it.
 *
 * @param dropCaches whether it may empty the page cache of this machine
 * @param keep whether what it made on its targets stays
 */
public record DataSettings(boolean dropCaches, boolean keep) {}
