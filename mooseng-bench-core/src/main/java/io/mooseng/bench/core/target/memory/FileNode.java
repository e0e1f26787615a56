package io.mooseng.bench.core.target.memory;

/** A file with its content, which is the same object as long as the file exists. */
final class FileNode<C> extends Node<C> {

  private final C content;

  FileNode(C content) {
    this.content = content;
  }

  C content() {
    return content;
  }
}
