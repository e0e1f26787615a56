package io.mooseng.bench.multiregion;

import io.mooseng.bench.multiregion.history.History;
import io.mooseng.bench.multiregion.history.HistoryFiles;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where histories go, if the user wants them: the directory that the system property {@value
 * #PROPERTY} of the fork names, as in {@code -jvmArgsAppend -Dmooseng.bench.histories=DIR}.
 */
final class HistoryDirectory {

  static final String PROPERTY = "mooseng.bench.histories";

  private HistoryDirectory() {}

  /** Writes a history as JSON lines and as EDN, and what was said of it; nothing if unwanted. */
  static void keep(String name, History history, String verdict) throws IOException {
    String wanted = System.getProperty(PROPERTY);
    if (wanted == null) {
      return;
    }
    Path directory = Files.createDirectories(Path.of(wanted));
    String unique = name + "-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
    try (Writer json = Files.newBufferedWriter(directory.resolve(unique + ".jsonl"))) {
      HistoryFiles.writeJsonLines(history, json);
    }
    try (Writer edn = Files.newBufferedWriter(directory.resolve(unique + ".edn"))) {
      HistoryFiles.writeEdn(history, edn);
    }
    Files.writeString(directory.resolve(unique + ".verdict.txt"), verdict + "\n");
  }

  /** Writes a text beside the histories, if they are wanted. */
  static void keepText(String name, String text) throws IOException {
    String wanted = System.getProperty(PROPERTY);
    if (wanted != null) {
      Path directory = Files.createDirectories(Path.of(wanted));
      Files.writeString(
          directory.resolve(name + "-" + ProcessHandle.current().pid() + ".txt"), text);
    }
  }
}
