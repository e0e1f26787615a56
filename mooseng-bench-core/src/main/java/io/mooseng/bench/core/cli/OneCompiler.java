package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.jmh.ClassArchive;
import io.mooseng.bench.core.process.ParentWatchdog;
import io.mooseng.bench.core.process.ProcessIdentity;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Has large runs read by a JVM that has only the first of the two compilers, where there are so few
 * processors that the second one takes them away from the reading: it works for half of the time
 * that such a command takes, and hardly anything of what it makes is used before the end.
 *
 * <p>A JVM cannot do without a compiler once it has started, so that the program starts itself
 * again; not where its JVM was given options that do more than size it. Nothing that measures is
 * run so: runs and forks take the options of the JVM over.
 */
final class OneCompiler {

  /** Commands that only read; {@code gate} may measure again. */
  private static final Set<String> READERS = Set.of("compare", "merge", "report");

  /** Bytes of {@code run.json}: some 4,000 rows of one fork. */
  private static final long LARGE = 20L << 20;

  /** Two threads read, and the second compiler has a thread or two for itself. */
  private static final int PROCESSORS_ENOUGH = 4;

  private static final String ONE = "-XX:TieredStopAtLevel=1";

  /** With others, compilers are chosen, or two JVMs would open one port or write one file. */
  private static final Pattern HARMLESS =
      Pattern.compile(
          "-Xm[sx].*|-XX:MaxRAM.*|-XX:ActiveProcessorCount=.*|-D(?!com\\.sun\\.management\\.).*");

  /** Options from there are announced on stderr by each JVM. */
  private static final List<String> VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");

  /** The process that started this one for that purpose. */
  private static final String STARTER = "mooseng.bench.one-compiler.starter";

  private static final long END_SECONDS = 2;

  private OneCompiler() {}

  /**
   * Runs the command in another JVM if that is worth it, until it ends.
   *
   * @return its exit code; empty if this JVM is to run it
   */
  static OptionalInt run(String... arguments) {
    String starter = System.getProperty(STARTER);
    if (starter != null) {
      ParentWatchdog.watch(ProcessIdentity.parse(starter), () -> {});
      return OptionalInt.empty();
    }
    if (!isWorthIt(Arrays.asList(arguments), Runtime.getRuntime().availableProcessors())
        || VARIABLES.stream().anyMatch(System.getenv()::containsKey)
        || !areHarmless(ManagementFactory.getRuntimeMXBean().getInputArguments())) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(await(start(arguments)));
    } catch (IOException e) {
      return OptionalInt.empty();
    }
  }

  /** Whether the command only reads, and so much that another JVM is worth its start. */
  static boolean isWorthIt(List<String> arguments, int processors) {
    return !arguments.isEmpty()
        && READERS.contains(arguments.get(0))
        && !PairsCommand.isMeant(arguments.subList(1, arguments.size()))
        && processors < PROCESSORS_ENOUGH
        && bytes(arguments) >= LARGE;
  }

  static boolean areHarmless(List<String> jvmOptions) {
    return jvmOptions.stream().allMatch(option -> HARMLESS.matcher(option).matches());
  }

  /** Size of all runs among the arguments. */
  static long bytes(List<String> arguments) {
    long bytes = 0;
    for (String argument : arguments) {
      try {
        Path path = Path.of(argument);
        Path file = Files.isDirectory(path) ? path.resolve("run.json") : path;
        bytes += Files.isRegularFile(file) ? Files.size(file) : 0;
      } catch (InvalidPathException | IOException e) {
        // The command says what is wrong with it.
        continue;
      }
    }
    return bytes;
  }

  private static Process start(String... arguments) throws IOException {
    List<String> options = new ArrayList<>(ClassArchive.options());
    options.add(ONE);
    options.add("-D" + STARTER + "=" + ProcessIdentity.current());
    Process process =
        new ProcessBuilder(OwnCommand.again(options, List.of(arguments))).inheritIO().start();
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process), "end-of-reading"));
    } catch (IllegalStateException e) {
      // This JVM is being ended already.
      process.destroy();
    }
    return process;
  }

  private static int await(Process process) {
    while (true) {
      try {
        return process.waitFor();
      } catch (InterruptedException e) {
        // Nobody interrupts the thread of main; if so, it ends with what it waits for.
        process.destroy();
      }
    }
  }

  private static void end(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
