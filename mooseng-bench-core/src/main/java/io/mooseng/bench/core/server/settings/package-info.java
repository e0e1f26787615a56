/** What an embedded server is started with. */
package io.mooseng.bench.core.server.settings;
