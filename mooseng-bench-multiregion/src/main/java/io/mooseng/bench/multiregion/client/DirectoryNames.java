package io.mooseng.bench.multiregion.client;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.ListPage;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.target.TargetOptions;
import io.mooseng.bench.core.target.Targets;
import io.mooseng.bench.multiregion.cluster.RegionCluster;
import java.util.HashSet;
import java.util.Set;

/** What a region lists, by the calls of MooseNG's protocol. */
public final class DirectoryNames {

  private static final int PAGE = 1_000;

  private DirectoryNames() {}

  /**
   * All names in a directory of the root.
   *
   * @param directory with its slash
   */
  public static Set<String> of(RegionCluster cluster, String region, String directory)
      throws OperationException {
    String uri = "mooseng://" + cluster.description().region(region).address();
    try (TargetDriver driver = Targets.open(uri, TargetOptions.defaults())) {
      return of(driver, driver.find(driver.root(), directory.substring(1), new OperationTrace()));
    }
  }

  /** All names in a directory. */
  public static Set<String> of(TargetDriver driver, FileRef directory) throws OperationException {
    OperationTrace trace = new OperationTrace();
    Set<String> names = new HashSet<>();
    ListPage page = driver.list(directory, 0, PAGE, trace);
    names.addAll(page.names());
    while (page.hasMore()) {
      page = driver.list(directory, page.nextOffset(), PAGE, trace);
      names.addAll(page.names());
    }
    return names;
  }
}
