package io.mooseng.bench.core.server.chunk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Chunks in files, one each, in {@value #DIRECTORIES} directories.
 *
 * <p>Files are called {@code <chunk id>-<generation>} in hexadecimal: a replaced chunk gets a new
 * file, so that readers of the old one are not disturbed and a crash leaves the one or the other.
 */
public final class DirectoryChunkStore implements ChunkStore {

  private static final int DIRECTORIES = 256;
  private static final Pattern FILE_NAME = Pattern.compile("([0-9a-f]{16})-([0-9a-f]{16})");

  private final Path root;
  private final Path incoming;
  private final boolean fsync;
  private final BufferPool buffers = new BufferPool();
  private final Map<Long, ChunkFile> files = new ConcurrentHashMap<>();
  private final NavigableMap<Long, StoredChunk> chunks = new ConcurrentSkipListMap<>();
  private final AtomicLong lastGeneration = new AtomicLong();
  private final AtomicLong usedBytes = new AtomicLong();

  /**
   * Opens a store and reads what is in it.
   *
   * @param fsync whether a committed chunk is on the device
   */
  public DirectoryChunkStore(Path root, boolean fsync) throws IOException {
    this.root = root;
    this.incoming = root.resolve("incoming");
    this.fsync = fsync;
    Files.createDirectories(incoming);
    for (int i = 0; i < DIRECTORIES; i++) {
      Files.createDirectories(directoryOf(i));
    }
    try (DirectoryStream<Path> leftOver = Files.newDirectoryStream(incoming)) {
      for (Path file : leftOver) {
        Files.delete(file);
      }
    }
    for (int i = 0; i < DIRECTORIES; i++) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(directoryOf(i))) {
        for (Path file : found) {
          adopt(file);
        }
      }
    }
  }

  private void adopt(Path path) throws IOException {
    Matcher name = FILE_NAME.matcher(path.getFileName().toString());
    if (!name.matches()) {
      return;
    }
    long generation = Long.parseUnsignedLong(name.group(2), 16);
    lastGeneration.accumulateAndGet(generation, Math::max);
    ChunkFile file;
    try {
      file = ChunkFile.load(path);
    } catch (IOException e) {
      // Reading the chunk will say that it is lost; the file stays for a person to look at.
      return;
    }
    ChunkFile other = files.get(file.chunk().chunkId());
    if (other == null) {
      index(file);
    } else if (other.path().compareTo(path) < 0) {
      index(file);
      Files.delete(other.path());
    } else {
      Files.delete(path);
    }
  }

  private void index(ChunkFile file) {
    long chunkId = file.chunk().chunkId();
    ChunkFile before = files.put(chunkId, file);
    chunks.put(chunkId, file.chunk());
    usedBytes.addAndGet(file.chunk().size() - (before == null ? 0 : before.chunk().size()));
  }

  private Path directoryOf(long chunkId) {
    return root.resolve("%02x".formatted(chunkId & (DIRECTORIES - 1)));
  }

  @Override
  public ChunkWriter create(long chunkId, int version, long size) throws IOException {
    String name = "%016x-%016x".formatted(chunkId, lastGeneration.incrementAndGet());
    return new ChunkFileWriter(this, chunkId, version, size, incoming.resolve(name));
  }

  /** Gives a complete file its name, makes it durable if promised, and shows it to readers. */
  void publish(ChunkFile complete, FileChannel channel) throws IOException {
    if (fsync) {
      channel.force(true);
    }
    Path directory = directoryOf(complete.chunk().chunkId());
    Path path = directory.resolve(complete.path().getFileName());
    Files.move(complete.path(), path, StandardCopyOption.ATOMIC_MOVE);
    if (fsync) {
      force(directory);
    }
    ChunkFile file = new ChunkFile(path, complete.chunk(), complete.checksums());
    ChunkFile before;
    synchronized (chunks) {
      before = files.get(file.chunk().chunkId());
      index(file);
    }
    if (before != null) {
      Files.deleteIfExists(before.path());
    }
  }

  /** On Linux, forcing a directory makes the names in it durable. */
  private static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public ChunkReader open(long chunkId) throws IOException {
    ChunkFile file = known(chunkId);
    while (true) {
      try {
        return new ChunkFileReader(
            file, FileChannel.open(file.path(), StandardOpenOption.READ), buffers);
      } catch (NoSuchFileException e) {
        ChunkFile now = known(chunkId);
        if (now == file) {
          throw new CorruptChunkException(chunkId, 0, file.chunk().size(), "its file is gone");
        }
        file = now; // replaced between the look and the open
      }
    }
  }

  private ChunkFile known(long chunkId) throws UnknownChunkException {
    ChunkFile file = files.get(chunkId);
    if (file == null) {
      throw new UnknownChunkException(chunkId);
    }
    return file;
  }

  @Override
  public Optional<StoredChunk> delete(long chunkId) throws IOException {
    ChunkFile file;
    synchronized (chunks) {
      file = files.remove(chunkId);
      if (file == null) {
        return Optional.empty();
      }
      chunks.remove(chunkId);
      usedBytes.addAndGet(-file.chunk().size());
    }
    Files.deleteIfExists(file.path());
    return Optional.of(file.chunk());
  }

  @Override
  public Optional<StoredChunk> find(long chunkId) {
    return Optional.ofNullable(chunks.get(chunkId));
  }

  @Override
  public NavigableMap<Long, StoredChunk> chunks() {
    return Collections.unmodifiableNavigableMap(chunks);
  }

  @Override
  public List<CorruptChunkException> verify(long chunkId, boolean deep) throws IOException {
    List<CorruptChunkException> damage = new ArrayList<>();
    StoredChunk chunk = known(chunkId).chunk();
    try {
      ChunkFile.load(known(chunkId).path());
    } catch (IOException e) {
      damage.add(new CorruptChunkException(chunkId, 0, chunk.size(), e.getMessage()));
      return damage;
    }
    if (deep) {
      try (ChunkReader reader = open(chunkId)) {
        for (long at = 0; at < reader.chunk().size(); at += BlockChecksums.BLOCK_BYTES) {
          try {
            reader.read(at, BlockChecksums.BLOCK_BYTES);
          } catch (CorruptChunkException e) {
            damage.add(e);
          }
        }
      }
    }
    return damage;
  }

  @Override
  public long usedBytes() {
    return usedBytes.get();
  }

  @Override
  public long totalBytes() throws IOException {
    return Files.getFileStore(root).getTotalSpace();
  }

  @Override
  public String location() {
    return root.toString();
  }

  /** Files are closed by their readers and writers; there is nothing else to give back. */
  @Override
  public void close() {}
}
