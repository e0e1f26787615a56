package io.mooseng.bench.multiregion.cluster;

import java.io.IOException;

/** Links between regions were measured, and are not what was asked for. */
public final class LinksNotAsAskedException extends IOException {

  private static final long serialVersionUID = 1L;

  LinksNotAsAskedException(String message) {
    super(message);
  }
}
