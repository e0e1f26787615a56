package io.mooseng.bench.core.target.memory;

/** A file with its content, which never changes. */
final class FileNode<C> extends Node<C> {

  private final C content;

  FileNode(C content) {
    this.content = content;
  }

  C content() {
    return content;
  }
}
