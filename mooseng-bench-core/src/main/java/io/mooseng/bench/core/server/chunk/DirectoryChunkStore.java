package io.mooseng.bench.core.server.chunk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Chunks in files, one each, in {@value #DIRECTORIES} directories.
 *
 * <p>Files are called {@code <chunk id>-<generation>-<room>} in hexadecimal. A replaced chunk gets
 * a new generation, so that readers of the old one are not disturbed and a crash leaves the one or
 * the other. The room says where the trailer of a {@link ChunkFile} is: one that grows gets a new
 * trailer further back first, then its new name, and only then bytes where the old trailer was, so
 * that a crash at any moment leaves a name with the trailer it names.
 */
public final class DirectoryChunkStore implements ChunkStore {

  private static final int DIRECTORIES = 256;
  private static final Pattern FILE_NAME =
      Pattern.compile("([0-9a-f]{16})-([0-9a-f]{16})-([0-9a-f]{8})");

  private final Path root;
  private final Path incoming;
  private final boolean fsync;
  private final BufferPool buffers = new BufferPool();
  private final ChunkLocks locks = new ChunkLocks();
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
      file = ChunkFile.load(path, Long.parseLong(name.group(3), 16));
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
    long chunkId = complete.chunk().chunkId();
    rename(complete, complete.path().getFileName().toString(), complete.room());
    Lock lock = locks.of(chunkId).writeLock();
    lock.lock();
    try {
      ChunkFile before;
      synchronized (chunks) {
        before = files.get(chunkId);
        index(complete);
      }
      if (before != null) {
        Files.deleteIfExists(before.path());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Names a file for its room, durably if promised. */
  private void rename(ChunkFile file, String generation, long room) throws IOException {
    Path directory = directoryOf(file.chunk().chunkId());
    Path named = directory.resolve("%s-%08x".formatted(generation, room));
    Files.move(file.path(), named, StandardCopyOption.ATOMIC_MOVE);
    file.named(named, room);
    if (fsync) {
      force(directory);
    }
  }

  @Override
  public ChunkWriter update(long chunkId, int version, long size) throws IOException {
    Lock lock = locks.of(chunkId).writeLock();
    lock.lock();
    try {
      ChunkFile file = known(chunkId);
      FileChannel channel = opened(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        return new ChunkFileUpdate(this, file, version, size, channel, buffers, lock);
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Of a file whose lock is held, so that it has its name while it is being opened. */
  private static FileChannel opened(ChunkFile file, StandardOpenOption... options)
      throws IOException {
    try {
      return FileChannel.open(file.path(), options);
    } catch (NoSuchFileException e) {
      StoredChunk chunk = file.chunk();
      throw new CorruptChunkException(chunk.chunkId(), 0, chunk.size(), "its file is gone");
    }
  }

  /**
   * Makes room for {@code size} bytes, and for as many again as there were: who appends often does
   * not come here often. Holes in the file take no space.
   */
  void enlarge(ChunkFile file, FileChannel channel, long size) throws IOException {
    requireCurrent(file);
    long block = BlockChecksums.BLOCK_BYTES;
    long wanted = Math.max(2 * file.room(), (size + block - 1) / block * block);
    long room = Math.min(wanted, MAX_CHUNK_BYTES);
    file.writeTrailerAt(channel, room);
    makeDurable(channel);
    String name = file.path().getFileName().toString();
    rename(file, name.substring(0, name.lastIndexOf('-')), room);
  }

  /**
   * Gives a file that was changed in place its new state, in memory and on disk.
   *
   * @param end where the bytes that were written end
   */
  StoredChunk change(
      ChunkFile file, FileChannel channel, int version, long end, BlockTable.Bytes stored)
      throws IOException {
    requireCurrent(file);
    StoredChunk before = file.chunk();
    long size = Math.max(before.size(), end);
    StoredChunk now =
        before.changed(version, size, file.table().whole(size, stored), Instant.now());
    file.became(now);
    file.writeTrailer(channel);
    synchronized (chunks) {
      chunks.put(now.chunkId(), now);
      usedBytes.addAndGet(now.size() - before.size());
    }
    return now;
  }

  /** A chunk may be deleted or replaced while it is changed in place. */
  private void requireCurrent(ChunkFile file) throws IOException {
    if (files.get(file.chunk().chunkId()) != file) {
      throw new UnknownChunkException(file.chunk().chunkId());
    }
  }

  void makeDurable(FileChannel channel) throws IOException {
    if (fsync) {
      channel.force(false);
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
    Lock lock = locks.of(chunkId).readLock();
    lock.lock();
    try {
      ChunkFile file = known(chunkId);
      return new ChunkFileReader(file, opened(file, StandardOpenOption.READ), buffers, lock);
    } finally {
      lock.unlock();
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
    Lock lock = locks.of(chunkId).writeLock();
    lock.lock();
    try {
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
    } finally {
      lock.unlock();
    }
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
    Lock lock = locks.of(chunkId).readLock();
    lock.lock();
    try {
      ChunkFile file = known(chunkId);
      ChunkFile.load(file.path(), file.room());
    } catch (UnknownChunkException e) {
      throw e;
    } catch (IOException e) {
      long size = known(chunkId).chunk().size();
      damage.add(new CorruptChunkException(chunkId, 0, size, e.getMessage()));
      return damage;
    } finally {
      lock.unlock();
    }
    if (deep) {
      try (ChunkReader reader = open(chunkId)) {
        for (long at = 0; at < reader.chunk().size(); at += BlockChecksums.BLOCK_BYTES) {
          try {
            reader.read(at, BlockChecksums.BLOCK_BYTES, bytes -> {});
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
