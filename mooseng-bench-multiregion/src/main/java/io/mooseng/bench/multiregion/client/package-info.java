/**
 * Clients that stand in a region of a cluster: what they can ask, under which promise, and what
 * becomes of their session when regions fail.
 */
package io.mooseng.bench.multiregion.client;
