/**
 * What this machine can do at best, measured in the run it judges, and the judgement: a number
 * better than the machine can do is not a result.
 */
package io.mooseng.bench.core.machine.ceiling;
