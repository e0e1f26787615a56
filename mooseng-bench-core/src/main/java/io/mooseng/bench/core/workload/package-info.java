/** What is sent to a target, and what it should then hold: seeded, incompressible payloads. */
package io.mooseng.bench.core.workload;
