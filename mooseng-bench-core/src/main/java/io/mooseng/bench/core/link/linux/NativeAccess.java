package io.mooseng.bench.core.link.linux;

import com.sun.jna.Native;
import io.mooseng.bench.core.link.Obstacle;
import io.mooseng.bench.core.process.ScratchDirectory;
import io.mooseng.bench.core.process.TemporaryDirectories;
import java.io.IOException;
import java.util.Optional;

/**
 * Whether the system calls of this package can be made here. Loads JNA's library on first use.
 *
 * <p>JNA unpacks that library into a file, which a killed process leaves behind. So it does it in a
 * scratch directory that is removed as soon as the library is loaded: Linux keeps what is mapped.
 */
public final class NativeAccess {

  private static final String JNA_DIRECTORY = "jna.tmpdir";
  private static final int POINTER_BYTES = 8;

  private NativeAccess() {}

  private static final class Holder {
    static final Optional<Obstacle> OBSTACLE = Optional.ofNullable(load());
  }

  /** Why they cannot be made; empty if they can. */
  public static Optional<Obstacle> obstacle() {
    return Holder.OBSTACLE;
  }

  private static Obstacle load() {
    String system = System.getProperty("os.name");
    if (!system.equals("Linux")) {
      return new Obstacle("this is " + system + ", not Linux", "use Linux, or --backend relay");
    }
    try {
      loadLibrary();
    } catch (IOException | LinkageError e) {
      String cause = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      return new Obstacle(
          "the native library of JNA cannot be loaded (" + cause + ")",
          "give a directory that allows it: java -D" + JNA_DIRECTORY + "=DIR -jar …");
    }
    return Native.POINTER_SIZE == POINTER_BYTES
        ? null
        : new Obstacle("this JVM has 32 bits", "use one with 64 bits, or --backend relay");
  }

  private static void loadLibrary() throws IOException {
    if (System.getProperty(JNA_DIRECTORY) != null) {
      LibC.strerror(0);
      return;
    }
    try (ScratchDirectory scratch = TemporaryDirectories.ofSystem().create("native")) {
      System.setProperty(JNA_DIRECTORY, scratch.path().toString());
      LibC.strerror(0);
    } finally {
      System.clearProperty(JNA_DIRECTORY);
    }
  }
}
