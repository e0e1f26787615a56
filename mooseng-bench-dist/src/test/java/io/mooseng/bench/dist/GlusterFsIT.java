package io.mooseng.bench.dist;

/** GlusterFS, as Debian packages it. */
class GlusterFsIT extends DeployedSystemCheck {

  GlusterFsIT() {
    super("glusterfs", "fuse.glusterfs (10.77.0.1:bench)");
  }
}
