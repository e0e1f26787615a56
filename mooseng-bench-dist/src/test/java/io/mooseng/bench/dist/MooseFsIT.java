package io.mooseng.bench.dist;

/** MooseFS 3, as Debian packages it. */
class MooseFsIT extends DeployedSystemCheck {

  MooseFsIT() {
    super("moosefs", "mfs#10.77.0.1:9421");
  }
}
