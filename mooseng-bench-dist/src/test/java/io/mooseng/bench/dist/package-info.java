/** Tests of the jar as users run it, and of what its modules may see of each other. */
package io.mooseng.bench.dist;
