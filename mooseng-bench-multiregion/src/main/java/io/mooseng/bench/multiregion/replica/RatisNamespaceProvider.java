package io.mooseng.bench.multiregion.replica;

import io.mooseng.bench.core.server.namespace.Namespace;
import io.mooseng.bench.core.server.namespace.NamespaceProvider;
import io.mooseng.bench.core.server.settings.ServerSettings;
import io.mooseng.bench.multiregion.cluster.ClusterDescription;
import io.mooseng.bench.multiregion.cluster.ClusterFile;
import io.mooseng.bench.multiregion.cluster.Region;
import java.io.IOException;
import java.nio.file.Path;

/** Provides the namespace of a region of a cluster, called {@value #NAME}. */
public final class RatisNamespaceProvider implements NamespaceProvider {

  private static final String NAME = "ratis";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Namespace open(Context context) throws IOException {
    Path file =
        context
            .cluster()
            .orElseThrow(
                () -> new IllegalArgumentException("the namespace 'ratis' needs a cluster's file"));
    return new RatisNamespace(ClusterFile.read(file), context.region(), context.store());
  }

  @Override
  public ServerSettings placed(ServerSettings settings, Path cluster) {
    ClusterDescription description = ClusterFile.read(cluster);
    Region region = regionOf(description, settings.region());
    return settings
        .withAddress(region.host(), region.port())
        .withPlace(region.name(), description.serverId(region.name()), NAME)
        .withCluster(cluster);
  }

  private static Region regionOf(ClusterDescription description, String name) {
    try {
      return description.region(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--region " + name + ": " + e.getMessage());
    }
  }
}
