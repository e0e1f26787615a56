package io.mooseng.bench.core.link.linux;

import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The program this process runs, as it was started.
 *
 * <p>{@link #restart} puts it in the place of itself: process id, parent, terminal, standard
 * streams, working directory and environment stay, so that whoever started it notices nothing, and
 * there is no second process that could outlive the first.
 */
public final class ProgramImage {

  private static final Path ARGUMENTS = Path.of("/proc/self/cmdline");
  private static final String EXECUTABLE = "/proc/self/exe";

  private ProgramImage() {}

  /**
   * Starts this program again in this process, in the network namespace of the calling thread, with
   * one more option of the JVM. Shutdown hooks do not run. Returns only by an exception.
   *
   * @param option the first option of the JVM, such as {@code -Dname=value}
   * @throws IOException if that is not possible; then this program runs on
   */
  public static void restart(String option) throws IOException {
    String executable = Files.readSymbolicLink(Path.of(EXECUTABLE)).toString();
    List<byte[]> arguments = split(Files.readAllBytes(ARGUMENTS));
    arguments.add(1, option.getBytes(StandardCharsets.UTF_8));
    System.out.flush();
    System.err.flush();
    NativeMemory path = text(executable.getBytes(StandardCharsets.UTF_8));
    NativeMemory pointers = new NativeMemory(8 * (arguments.size() + 1)).zeroed();
    for (int i = 0; i < arguments.size(); i++) {
      pointers.bytes().putLong(8 * i, text(arguments.get(i)).address());
    }
    long environment = NativeLibrary.getProcess().getGlobalVariableAddress("environ").getLong(0);
    LinuxCalls.checked(
        "execve " + executable, LibC.execve(path.address(), pointers.address(), environment));
    throw new IllegalStateException("execve returned without an error");
  }

  /** The words of proc(5) cmdline, of which each ends with a zero byte. */
  static List<byte[]> split(byte[] words) {
    List<byte[]> found = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < words.length; i++) {
      if (words[i] == 0) {
        found.add(Arrays.copyOfRange(words, start, i));
        start = i + 1;
      }
    }
    return found;
  }

  private static NativeMemory text(byte[] bytes) {
    NativeMemory memory = new NativeMemory(bytes.length + 1).zeroed();
    memory.bytes().put(0, bytes);
    return memory;
  }
}
