/**
 * The backend {@code relay}: a TCP relay in user space that needs no privileges.
 *
 * <p>It delays bytes above TCP, so whatever waits for a round trip above TCP pays it (HTTP/2
 * settings and flow control, requests, quorums), while whatever TCP itself does about distance
 * stays unseen.
 */
package io.mooseng.bench.core.link.relay;
