package io.mooseng.bench.core.target.grpc;

import io.mooseng.bench.core.target.FileInfo;
import io.mooseng.bench.core.target.ListPage;
import io.mooseng.bench.core.target.TargetIdentity;
import io.mooseng.bench.proto.CreateSessionResponse;
import io.mooseng.bench.proto.DirectoryEntry;
import io.mooseng.bench.proto.FileMetadata;
import io.mooseng.bench.proto.FileType;
import io.mooseng.bench.proto.GetExtendedAttributesResponse;
import io.mooseng.bench.proto.ListDirectoryResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the messages of a master mean to the harness. */
final class Answers {

  /**
   * Where the embedded server of this project says what it is; the protocol has no field for it.
   */
  private static final String IMPLEMENTATION_OPTION = "implementation";

  private Answers() {}

  static TargetIdentity identity(CreateSessionResponse created, HostPort address) {
    return new TargetIdentity(
        created
            .getSessionInfo()
            .getOptions()
            .getCustomOptionsOrDefault(IMPLEMENTATION_OPTION, "unknown"),
        address.toString());
  }

  static FileInfo info(FileMetadata metadata) {
    FileType type = metadata.getFileType();
    return new FileInfo(metadata.getSize(), type == FileType.FILE_TYPE_DIRECTORY, isSpecial(type));
  }

  private static boolean isSpecial(FileType type) {
    return switch (type) {
      case FILE_TYPE_SYMLINK,
          FILE_TYPE_FIFO,
          FILE_TYPE_CHAR_DEVICE,
          FILE_TYPE_BLOCK_DEVICE,
          FILE_TYPE_SOCKET ->
          true;
      default -> false;
    };
  }

  static ListPage page(ListDirectoryResponse answer) {
    return new ListPage(
        answer.getEntriesList().stream().map(Answers::entry).toList(),
        answer.getHasMore(),
        answer.getNextOffset());
  }

  private static ListPage.Entry entry(DirectoryEntry entry) {
    return new ListPage.Entry(
        entry.getName(),
        new Inode(entry.getMetadata().getInode(), entry.getName()),
        Optional.of(info(entry.getMetadata())));
  }

  static Map<String, byte[]> attributes(GetExtendedAttributesResponse answer) {
    Map<String, byte[]> attributes = new HashMap<>();
    answer.getXattrsMap().forEach((key, value) -> attributes.put(key, value.toByteArray()));
    return attributes;
  }
}
