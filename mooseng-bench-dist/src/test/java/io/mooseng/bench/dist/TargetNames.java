package io.mooseng.bench.dist;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.target.TargetOptions;
import io.mooseng.bench.core.target.Targets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What lies in the root of a target. */
final class TargetNames {

  private TargetNames() {}

  static List<String> of(String uri) throws OperationException {
    try (TargetDriver driver = Targets.open(uri, TargetOptions.defaults())) {
      return driver.list(driver.root(), 0, 100, new OperationTrace()).names();
    }
  }

  /** Of a store whose server has ended: one is started for a moment. */
  static List<String> ofStore(BenchmarksJar jar, Path store)
      throws IOException, InterruptedException, OperationException {
    try (RunningJar server = jar.start("serve", "--port", "0", "--store", store.toString())) {
      return of(server.awaitLine("listening on "));
    }
  }
}
