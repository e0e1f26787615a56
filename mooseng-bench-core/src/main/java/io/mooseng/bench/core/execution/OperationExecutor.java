package io.mooseng.bench.core.execution;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.Target;
import io.mooseng.bench.core.workload.Payload;
import io.mooseng.bench.core.workload.mix.InitialFile;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The files of a workload on a target: where they are, and what each of them holds. Makes those
 * that exist before the first operation, without measuring anything; {@link Worker}s do the rest.
 *
 * <p>A file always holds the beginning of the payload of its id, so what it holds is known from its
 * size. Safe for use by any number of threads, as long as operations that change a file are not
 * performed beside others on the same file.
 */
public final class OperationExecutor {

  private static final String SEPARATOR = "/";

  private final Target target;
  private final String rootPath;
  private final long seed;
  private final Map<String, FileRef> directories = new ConcurrentHashMap<>();
  private final Map<Long, PlacedFile> files = new ConcurrentHashMap<>();

  /**
   * @param root an empty directory on the target, in which everything is made
   * @param rootPath its path, as {@link io.mooseng.bench.core.target.TargetDriver#statPath} takes
   *     it; empty for the root of the target
   * @param seed of the content of files
   */
  public OperationExecutor(Target target, FileRef root, String rootPath, long seed) {
    this.target = target;
    this.rootPath = rootPath;
    this.seed = seed;
    directories.put("", root);
  }

  /** Makes a directory; the one it lies in must be there. */
  public void makeDirectory(String path) throws OperationException {
    FileRef made =
        target.driver().createDirectory(parentOf(path), nameOf(path), new OperationTrace());
    directories.put(path, made);
  }

  /** Makes a file that is to exist before the first operation; its directory must be there. */
  public void makeFile(InitialFile file) throws OperationException {
    Payload content = content(file.fileId(), file.size());
    FileRef made =
        target
            .driver()
            .write(parentOf(file.path()), nameOf(file.path()), content, new OperationTrace());
    put(file.fileId(), new PlacedFile(made, content));
  }

  /** Means of one thread to perform operations. */
  public Worker newWorker() {
    return new Worker(this, target);
  }

  Payload content(long fileId, long size) {
    return Payload.of(seed, fileId, new ByteSize(size));
  }

  /** The file of this id, or null if it does not exist, or nobody knows whether it does. */
  PlacedFile file(long fileId) {
    return files.get(fileId);
  }

  void put(long fileId, PlacedFile file) {
    files.put(fileId, file);
  }

  void forget(long fileId) {
    files.remove(fileId);
  }

  /** The directory that was made under this path, or null. */
  FileRef directory(String path) {
    return directories.get(path);
  }

  /** The directory in which a path lies. */
  FileRef parentOf(String path) {
    FileRef parent = directories.get(path.substring(0, Math.max(0, path.lastIndexOf(SEPARATOR))));
    if (parent == null) {
      throw new IllegalStateException("the directory of '" + path + "' was not made");
    }
    return parent;
  }

  static String nameOf(String path) {
    return path.substring(path.lastIndexOf(SEPARATOR) + 1);
  }

  /** A path as the target takes it. */
  String fullPath(String path) {
    return rootPath.isEmpty() ? path : rootPath + SEPARATOR + path;
  }
}
