/** Runs of several load machines that carried out one plan together, joined into one. */
package io.mooseng.bench.core.merge;
