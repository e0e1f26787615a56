/**
 * Emulated link conditions between a client and a system under test, what an emulation can and
 * cannot claim, and the proof of what was applied.
 *
 * <p>The backend is {@code relay}: a TCP relay in user space that needs no privileges. It delays
 * bytes above TCP, so whatever waits for a round trip above TCP pays it (HTTP/2 settings and flow
 * control, requests, quorums), while whatever TCP itself does about distance stays unseen; {@link
 * io.mooseng.bench.core.link.LinkClaims} says so in a form a row can enforce.
 */
package io.mooseng.bench.core.link;
