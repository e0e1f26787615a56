package io.mooseng.bench.core.target.nio;

import io.mooseng.bench.core.target.FileRef;
import java.nio.file.Path;

/** A file or directory is its path: after a rename, only the new reference is good. */
record NioFile(Path path) implements FileRef {

  @Override
  public String toString() {
    return path.toString();
  }
}
