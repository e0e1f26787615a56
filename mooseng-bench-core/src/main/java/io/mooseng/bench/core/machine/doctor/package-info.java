/** What this machine can and cannot do for a run, and how to get what it lacks. Changes nothing. */
package io.mooseng.bench.core.machine.doctor;
