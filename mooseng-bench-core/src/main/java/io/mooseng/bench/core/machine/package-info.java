/** What this machine is: read from the kernel's and the virtual machine's own accounts of it. */
package io.mooseng.bench.core.machine;
