package io.mooseng.bench.core.server.namespace;

import io.mooseng.bench.core.server.settings.ServerSettings;
import io.mooseng.bench.core.server.settings.StoreLocation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;

/** Makes namespaces of one kind; found by {@link ServiceLoader}. */
public interface NamespaceProvider {

  /**
   * What a namespace may need to know of its server.
   *
   * @param store where to keep itself
   * @param fsync whether an acknowledged command survives the loss of power
   * @param cluster the file that describes the cluster, if there is one
   */
  record Context(
      StoreLocation store, boolean fsync, long serverId, String region, Optional<Path> cluster) {}

  /** The name by which settings choose this provider. */
  String name();

  Namespace open(Context context) throws IOException;

  /**
   * The settings of one server of a cluster: its address, its id and this namespace.
   *
   * @param settings with the region it stands in
   * @param cluster describes all servers
   * @throws IllegalArgumentException in one line, if the file or the region is not accepted
   */
  default ServerSettings placed(ServerSettings settings, Path cluster) {
    throw new IllegalArgumentException("the namespace '" + name() + "' is that of a single server");
  }

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
