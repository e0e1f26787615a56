/**
 * The rpcs of the wire protocol, answered from a namespace and a chunk store. Calls that are not
 * overridden here answer UNIMPLEMENTED. Public only for {@code MooseNgServer}.
 */
package io.mooseng.bench.core.server.service;
