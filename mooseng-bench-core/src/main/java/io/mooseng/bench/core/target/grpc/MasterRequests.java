package io.mooseng.bench.core.target.grpc;

import com.google.protobuf.ByteString;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.proto.CloseFileRequest;
import io.mooseng.bench.proto.CreateDirectoryRequest;
import io.mooseng.bench.proto.CreateFileRequest;
import io.mooseng.bench.proto.DeleteDirectoryRequest;
import io.mooseng.bench.proto.DeleteFileRequest;
import io.mooseng.bench.proto.GetExtendedAttributesRequest;
import io.mooseng.bench.proto.GetFileInfoRequest;
import io.mooseng.bench.proto.ListDirectoryRequest;
import io.mooseng.bench.proto.OpenFileRequest;
import io.mooseng.bench.proto.RenameFileRequest;
import io.mooseng.bench.proto.SetExtendedAttributesRequest;
import java.util.Map;

/**
 * What is asked of the master within one session. Paths are below the root; on the wire they are
 * absolute.
 */
record MasterRequests(Session session) {

  /** What MooseNG's own clients create files and directories with: rw-r--r-- and rwxr-xr-x. */
  private static final int FILE_MODE = 0644;

  private static final int DIRECTORY_MODE = 0755;

  /** O_RDONLY of POSIX. */
  private static final int READ_ONLY = 0;

  CreateFileRequest createFile(FileRef parent, String name) {
    return CreateFileRequest.newBuilder()
        .setSessionId(session.id())
        .setParent(Inode.numberOf(parent))
        .setName(name)
        .setMode(FILE_MODE)
        .build();
  }

  CreateDirectoryRequest createDirectory(FileRef parent, String name) {
    return CreateDirectoryRequest.newBuilder()
        .setSessionId(session.id())
        .setParent(Inode.numberOf(parent))
        .setName(name)
        .setMode(DIRECTORY_MODE)
        .build();
  }

  GetFileInfoRequest getFileInfo(FileRef file) {
    return GetFileInfoRequest.newBuilder()
        .setSessionId(session.id())
        .setInode(Inode.numberOf(file))
        .build();
  }

  OpenFileRequest openFile(String path) {
    return OpenFileRequest.newBuilder()
        .setSessionId(session.id())
        .setPath(absolute(path))
        .setFlags(READ_ONLY)
        .build();
  }

  CloseFileRequest closeFile(long handle) {
    return CloseFileRequest.newBuilder().setSessionId(session.id()).setFileHandle(handle).build();
  }

  ListDirectoryRequest listDirectory(FileRef directory, long offset, int limit) {
    return ListDirectoryRequest.newBuilder()
        .setSessionId(session.id())
        .setParent(Inode.numberOf(directory))
        .setOffset(offset)
        .setLimit(limit)
        .build();
  }

  RenameFileRequest renameFile(FileRef file, FileRef newParent, String newName) {
    return RenameFileRequest.newBuilder()
        .setSessionId(session.id())
        .setInode(Inode.numberOf(file))
        .setNewParent(Inode.numberOf(newParent))
        .setNewName(newName)
        .build();
  }

  DeleteFileRequest deleteFile(FileRef file) {
    return DeleteFileRequest.newBuilder()
        .setSessionId(session.id())
        .setInode(Inode.numberOf(file))
        .build();
  }

  DeleteDirectoryRequest deleteTree(FileRef directory) {
    return DeleteDirectoryRequest.newBuilder()
        .setSessionId(session.id())
        .setInode(Inode.numberOf(directory))
        .setRecursive(true)
        .build();
  }

  /** Other attributes than these stay. The protocol gives this request no session. */
  static SetExtendedAttributesRequest setAttributes(String path, Map<String, byte[]> attributes) {
    SetExtendedAttributesRequest.Builder request =
        SetExtendedAttributesRequest.newBuilder().setPath(absolute(path));
    attributes.forEach((name, value) -> request.putXattrs(name, ByteString.copyFrom(value)));
    return request.build();
  }

  /** Without names, it asks for all. */
  static GetExtendedAttributesRequest getAttributes(String path) {
    return GetExtendedAttributesRequest.newBuilder().setPath(absolute(path)).build();
  }

  private static String absolute(String path) {
    return "/" + path;
  }
}
