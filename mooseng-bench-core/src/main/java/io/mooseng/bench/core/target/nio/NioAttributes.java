package io.mooseng.bench.core.target.nio;

import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.HashMap;
import java.util.Map;

/** Extended attributes, where a file system has any: on Linux those of the space {@code user}. */
final class NioAttributes {

  private NioAttributes() {}

  static void set(Path path, Map<String, byte[]> attributes)
      throws IOException, OperationException {
    UserDefinedFileAttributeView view = viewOf(path);
    for (Map.Entry<String, byte[]> attribute : attributes.entrySet()) {
      view.write(attribute.getKey(), ByteBuffer.wrap(attribute.getValue()));
    }
  }

  static Map<String, byte[]> all(Path path) throws IOException, OperationException {
    UserDefinedFileAttributeView view = viewOf(path);
    Map<String, byte[]> attributes = new HashMap<>();
    for (String name : view.list()) {
      ByteBuffer value = ByteBuffer.allocate(view.size(name));
      view.read(name, value);
      attributes.put(name, value.array());
    }
    return attributes;
  }

  private static UserDefinedFileAttributeView viewOf(Path path)
      throws IOException, OperationException {
    UserDefinedFileAttributeView view =
        Files.getFileAttributeView(path, UserDefinedFileAttributeView.class);
    if (view != null) {
      return view;
    }
    if (Files.notExists(path)) {
      throw new NoSuchFileException(path.toString());
    }
    throw OperationException.light(
        FailureKind.UNIMPLEMENTED,
        "the file system (%s) has no extended attributes"
            .formatted(Files.getFileStore(path).type()));
  }
}
