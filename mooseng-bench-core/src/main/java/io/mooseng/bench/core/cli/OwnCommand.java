package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.jmh.ClassArchive;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How this program is started in processes of its own: with the Java and the options of this JVM,
 * as its forks are.
 */
final class OwnCommand {

  private static final String JAR = ".jar";
  private static final String RUN = "run";

  /** Debuggers listen once. */
  private static final String AGENT = "-agentlib:";

  private OwnCommand() {}

  /**
   * A run of a jar that is measured beside another: neither uses an archive of classes, which only
   * one of them may have.
   */
  static List<String> ofOneOfTwo(Path jar) {
    return withoutArchive(java(ClassArchive.WITHOUT, "-jar", jar.toString(), RUN));
  }

  /** Nor the one that this JVM was started with. */
  static List<String> withoutArchive(List<String> command) {
    return command.stream().filter(word -> !word.startsWith(ClassArchive.FILE)).toList();
  }

  /** A run of this very program. */
  static List<String> ofThis() {
    return again(List.of(), List.of(RUN));
  }

  /**
   * This very program with other arguments.
   *
   * @param more options of the JVM besides those of this one
   */
  static List<String> again(List<String> more, List<String> arguments) {
    String classPath = System.getProperty("java.class.path");
    boolean jar =
        classPath.endsWith(JAR) && !classPath.contains(System.getProperty("path.separator"));
    List<String> command = new ArrayList<>(more);
    command.addAll(
        jar ? List.of("-jar", classPath) : List.of("-cp", classPath, Main.class.getName()));
    command.addAll(arguments);
    return java(command.toArray(String[]::new));
  }

  private static List<String> java(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> !argument.startsWith(AGENT))
        .forEach(command::add);
    command.addAll(List.of(arguments));
    return command;
  }
}
