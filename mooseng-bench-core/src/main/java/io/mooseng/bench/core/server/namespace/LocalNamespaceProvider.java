package io.mooseng.bench.core.server.namespace;

import io.mooseng.bench.core.server.settings.ServerSettings;
import io.mooseng.bench.core.server.settings.StoreLocation;
import java.io.IOException;

/** Provides the namespace of a single server, called {@value ServerSettings#LOCAL_NAMESPACE}. */
public final class LocalNamespaceProvider implements NamespaceProvider {

  private static final String JOURNAL = "namespace.journal";

  @Override
  public String name() {
    return ServerSettings.LOCAL_NAMESPACE;
  }

  @Override
  public Namespace open(Context context) throws IOException {
    if (context.store() instanceof StoreLocation.Directory directory) {
      return LocalNamespace.inFile(directory.path().resolve(JOURNAL), context.fsync());
    }
    return LocalNamespace.inMemory();
  }
}
