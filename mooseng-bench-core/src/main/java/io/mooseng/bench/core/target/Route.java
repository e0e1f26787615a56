package io.mooseng.bench.core.target;

/**
 * Where a server is dialled that calls itself by another address, as behind an emulated link:
 * servers tell clients by their own address where data is.
 *
 * @param server {@code HOST:PORT} by which the server knows itself
 * @param dialled {@code HOST:PORT} that leads to it
 */
public record Route(String server, String dialled) {}
