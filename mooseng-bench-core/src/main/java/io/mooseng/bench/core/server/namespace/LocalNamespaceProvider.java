package io.mooseng.bench.core.server.namespace;

import io.mooseng.bench.core.server.StoreLocation;
import java.io.IOException;

/** Provides the namespace of a single server, called {@value #NAME}. */
public final class LocalNamespaceProvider implements NamespaceProvider {

  public static final String NAME = "local";
  private static final String JOURNAL = "namespace.journal";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Namespace open(Context context) throws IOException {
    if (context.store() instanceof StoreLocation.Directory directory) {
      return LocalNamespace.inFile(directory.path().resolve(JOURNAL), context.fsync());
    }
    return LocalNamespace.inMemory();
  }
}
