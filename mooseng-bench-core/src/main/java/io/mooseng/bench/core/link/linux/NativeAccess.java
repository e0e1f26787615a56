package io.mooseng.bench.core.link.linux;

import com.sun.jna.Native;
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
    static final String LACKING = load();
  }

  /** What is lacking, in one line; empty if nothing is. */
  public static Optional<String> lacking() {
    return Optional.ofNullable(Holder.LACKING);
  }

  private static String load() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return "this is " + System.getProperty("os.name") + ", not Linux";
    }
    try {
      loadLibrary();
    } catch (IOException | LinkageError e) {
      String cause = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      return "the native library of JNA cannot be loaded (%s); give a directory that allows it: -D%s=DIR"
          .formatted(cause, JNA_DIRECTORY);
    }
    return Native.POINTER_SIZE == POINTER_BYTES
        ? null
        : "this JVM has %d bits, 64 are needed".formatted(8 * Native.POINTER_SIZE);
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
