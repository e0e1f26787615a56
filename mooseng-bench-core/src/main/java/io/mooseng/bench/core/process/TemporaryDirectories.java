package io.mooseng.bench.core.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Scratch directories that name their owner, so that what a killed run left behind is found and
 * removed by the next one.
 *
 * <p>Safe for use by any number of threads and processes at once.
 */
public final class TemporaryDirectories {

  static final String MARKER = ".mooseng-bench-owner";
  private static final String PREFIX = "mooseng-bench-";
  private static final Pattern PURPOSE = Pattern.compile("[a-z0-9-]{1,32}");

  private final Path root;

  /** Scratch directories below {@code root}, which exists. */
  public TemporaryDirectories(Path root) {
    this.root = root;
  }

  /** Scratch directories below {@code java.io.tmpdir}. */
  public static TemporaryDirectories ofSystem() {
    return new TemporaryDirectories(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /**
   * Makes an empty directory readable by this user only.
   *
   * @param purpose part of the name, for a person who lists the directory: {@code [a-z0-9-]{1,32}}
   */
  public ScratchDirectory create(String purpose) throws IOException {
    if (!PURPOSE.matcher(purpose).matches()) {
      throw new IllegalArgumentException(
          "purpose '" + purpose + "' is not accepted; accepted: " + PURPOSE);
    }
    ProcessIdentity owner = ProcessIdentity.current();
    Path directory = Files.createTempDirectory(root, PREFIX + owner.pid() + "-" + purpose + "-");
    Files.writeString(directory.resolve(MARKER), owner + " " + ProcessSpace.current());
    return new ScratchDirectory(directory);
  }

  /**
   * Removes the scratch directories of this user whose owner no longer runs. Nothing without a
   * readable owner marker is touched, nor anything of another user.
   *
   * @return the directories removed
   * @throws IOException if the root cannot be listed; a directory that cannot be removed is left
   *     for the next sweep
   */
  public List<Path> sweep() throws IOException {
    List<Path> abandoned = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root, PREFIX + "*")) {
      for (Path entry : entries) {
        if (owner(entry).filter(owner -> !owner.isAlive()).isPresent()) {
          abandoned.add(entry);
        }
      }
    }
    if (abandoned.isEmpty()) {
      return List.of();
    }
    UserPrincipal self = self();
    return abandoned.stream().filter(entry -> belongsTo(self, entry) && removed(entry)).toList();
  }

  private static Optional<ProcessIdentity> owner(Path directory) {
    Path marker = directory.resolve(MARKER);
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
        || !Files.isRegularFile(marker, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try {
      String[] words = Files.readString(marker).split(" ", 2);
      boolean seenFromHere = words.length == 2 && words[1].equals(ProcessSpace.current());
      return seenFromHere ? Optional.of(ProcessIdentity.parse(words[0])) : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty(); // not ours, or being written at this moment
    }
  }

  /** Who owns the files this process makes; user.name is unset for a uid without an account. */
  private UserPrincipal self() throws IOException {
    Path probe = Files.createTempFile(root, "mooseng-probe-", null);
    try {
      return Files.getOwner(probe);
    } finally {
      Files.delete(probe);
    }
  }

  private static boolean belongsTo(UserPrincipal user, Path directory) {
    try {
      return Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).equals(user)
          && Files.getOwner(directory.resolve(MARKER), LinkOption.NOFOLLOW_LINKS).equals(user);
    } catch (IOException e) {
      return false; // gone meanwhile
    }
  }

  private static boolean removed(Path directory) {
    try {
      ScratchDirectory.delete(directory);
      return true;
    } catch (NoSuchFileException e) {
      return false; // another sweep was faster
    } catch (IOException e) {
      return false; // its files are still in use; the marker stays, so the next sweep tries again
    }
  }
}
