/**
 * Whether a run may pass: limits that its rows must keep, and a baseline that they must not fall
 * behind.
 */
package io.mooseng.bench.core.gate;
