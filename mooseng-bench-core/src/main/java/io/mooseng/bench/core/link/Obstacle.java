package io.mooseng.bench.core.link;

/**
 * Why a backend cannot work on this machine.
 *
 * @param missing what it lacks: {@code no /dev/net/tun}
 * @param remedy how to get it, or what works instead
 */
public record Obstacle(String missing, String remedy) {}
