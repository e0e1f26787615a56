package io.mooseng.bench.core.target.memory;

import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.target.TargetOptions;
import io.mooseng.bench.core.target.TargetProvider;
import java.net.URI;

/** Opens the control target; every opening is an empty one. */
public final class MemoryTargetProvider implements TargetProvider {

  @Override
  public boolean accepts(URI uri) {
    return "memory".equalsIgnoreCase(uri.getScheme());
  }

  @Override
  public String accepted() {
    return "memory:/ (the control: what the harness itself costs)";
  }

  @Override
  public TargetDriver open(URI uri, TargetOptions options) {
    return new MemoryDriver();
  }
}
