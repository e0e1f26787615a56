/** The contract of a target answered by a model in virtual time: nothing is measured. */
package io.mooseng.bench.core.target.simulated;
