package io.mooseng.bench.core.machine;

import io.mooseng.bench.core.machine.MountTable.Mount;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is below a directory; every field is empty where the machine does not tell.
 *
 * @param mountPoint where the file system is mounted
 * @param fileSystem its type, such as {@code ext4}
 * @param device what is mounted, such as {@code /dev/nvme0n1p2}
 * @param model the device's own name; virtual disks usually have none
 * @param medium {@code rotating} or {@code solid-state}, as the kernel believes
 */
public record DiskInfo(
    Optional<String> mountPoint,
    Optional<String> fileSystem,
    Optional<String> device,
    Optional<String> model,
    Optional<String> medium) {

  private static final DiskInfo UNKNOWN =
      new DiskInfo(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * Describes the disk of {@code directory}, which need not exist yet: its nearest existing
   * ancestor decides.
   */
  public static DiskInfo read(SystemFiles files, Path directory) {
    return MountTable.read(files)
        .of(nearestExisting(directory))
        .map(mount -> describe(files, mount))
        .orElse(UNKNOWN);
  }

  private static Path nearestExisting(Path directory) {
    for (Path path = directory.toAbsolutePath().normalize(); path != null; ) {
      try {
        return path.toRealPath();
      } catch (IOException e) {
        path = path.getParent();
      }
    }
    return Path.of("/");
  }

  private static DiskInfo describe(SystemFiles files, Mount mount) {
    String block = "/sys/dev/block/" + mount.device();
    return new DiskInfo(
        Optional.of(mount.point()),
        Optional.of(mount.type()),
        Optional.of(mount.source()),
        firstOf(files, block, "device/model", "../device/model", "dm/name", "md/level"),
        firstOf(files, block, "queue/rotational", "../queue/rotational")
            .map(flag -> flag.equals("1") ? "rotating" : "solid-state"));
  }

  /** A partition has no description of its own; {@code ..} is the disk it is part of. */
  private static Optional<String> firstOf(SystemFiles files, String block, String... names) {
    for (String name : names) {
      Optional<String> text = files.read(block + "/" + name);
      if (text.isPresent()) {
        return text;
      }
    }
    return Optional.empty();
  }
}
