/**
 * The backend {@code tun}: namespaces joined by TUN devices and a forwarder of packets in user
 * space. TCP runs as it does on a real path, from handshake to congestion control; {@link
 * io.mooseng.bench.core.link.impair} decides what happens to each packet.
 */
package io.mooseng.bench.core.link.tun;
