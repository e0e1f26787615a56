/**
 * What every way to emulate a link has in common: what it can and cannot claim, why it is not
 * available, and how a network is opened between clients and servers.
 */
package io.mooseng.bench.core.link;
