/** What is sent to a target: seeded, incompressible payloads. */
package io.mooseng.bench.core.workload;
