package io.mooseng.bench.core.link;

import io.mooseng.bench.core.link.profile.LinkPath;
import java.util.Objects;

/**
 * A network that is to be emulated.
 *
 * @param path the links from clients to servers
 * @param seed decides on what is left to chance
 * @param runId short id of the run, lower-case letters and digits: names what the backend makes on
 *     this machine, so that it is known whose it is
 */
public record LinkRequest(LinkPath path, long seed, String runId) {

  public LinkRequest {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(runId, "runId");
  }
}
