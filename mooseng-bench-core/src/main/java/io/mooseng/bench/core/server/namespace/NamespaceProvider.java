package io.mooseng.bench.core.server.namespace;

import io.mooseng.bench.core.server.settings.StoreLocation;
import java.io.IOException;
import java.util.ServiceLoader;

/** Makes namespaces of one kind; found by {@link ServiceLoader}. */
public interface NamespaceProvider {

  /**
   * What a namespace may need to know of its server.
   *
   * @param store where to keep itself
   * @param fsync whether an acknowledged command survives the loss of power
   */
  record Context(StoreLocation store, boolean fsync, long serverId, String region) {}

  /** The name by which settings choose this provider. */
  String name();

  Namespace open(Context context) throws IOException;

  /**
   * The provider called {@code name}.
   *
   * @throws IllegalArgumentException naming the providers there are
   */
  static NamespaceProvider named(String name) {
    ServiceLoader<NamespaceProvider> providers = ServiceLoader.load(NamespaceProvider.class);
    return providers.stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no namespace is called '"
                        + name
                        + "'; accepted: "
                        + providers.stream().map(p -> p.get().name()).sorted().toList()));
  }
}
