package io.mooseng.bench.core.target.nio;

import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.target.TargetOptions;
import io.mooseng.bench.core.target.TargetProvider;
import java.net.URI;

/** Opens every URI whose scheme has a file system provider. */
public final class NioTargetProvider implements TargetProvider {

  @Override
  public boolean accepts(URI uri) {
    return uri.getScheme() != null
        && NioLocation.providers().containsKey(NioLocation.key(uri.getScheme()));
  }

  @Override
  public String accepted() {
    return "file:///DIRECTORY, a directory of any installed file system provider ("
        + String.join(", ", NioLocation.providers().keySet())
        + ")";
  }

  /** Neither TLS nor the deadline applies: NIO file operations have neither. */
  @Override
  public TargetDriver open(URI uri, TargetOptions options) throws OperationException {
    return NioDriver.open(uri, new NioOptions(options.fsync(), options.maxInFlight()));
  }
}
