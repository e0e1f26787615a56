package io.mooseng.bench.core.link;

import io.mooseng.bench.core.link.profile.LinkPath;

/**
 * A path and the backend that emulates it.
 *
 * @param path from clients to servers
 * @param backend models all that the path asks for
 */
public record ChosenNetwork(LinkPath path, LinkBackend backend) {

  /** As results name it: two of one name are alike. */
  public String label() {
    return path.name() + "/" + backend.name();
  }
}
