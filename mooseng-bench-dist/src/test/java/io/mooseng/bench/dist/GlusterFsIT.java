package io.mooseng.bench.dist;

import org.junit.jupiter.api.Tag;

/** GlusterFS, as Debian packages it. */
@Tag("acceptance")
class GlusterFsIT extends DeployedSystemCheck {

  GlusterFsIT() {
    super("glusterfs", "fuse.glusterfs (10.77.0.1:bench)");
  }
}
