package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.analysis.compare.Comparison;
import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.report.ComparisonJson;
import io.mooseng.bench.core.report.ComparisonMarkdown;
import io.mooseng.bench.core.report.ComparisonTable;
import io.mooseng.bench.core.report.html.ComparisonPage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Where a comparison goes: the terminal, and files where they were asked for.
 *
 * @param markdown null: none
 * @param json null: none
 * @param html null: none
 */
record ComparisonOutput(PrintStream out, Path markdown, Path json, Path html) {

  void print(Comparison comparison) {
    out.print(new ComparisonTable(false).render(comparison));
    write("--markdown", markdown, () -> ComparisonMarkdown.render(comparison));
    write("--json", json, () -> ComparisonJson.render(comparison));
    write("--html", html, () -> ComparisonPage.of(comparison));
  }

  /**
   * Writes a file if it was asked for.
   *
   * @param content made only then
   * @throws ConfigurationException naming the option and the file, if it cannot be written
   */
  static void write(String option, Path file, Supplier<String> content) {
    if (file == null) {
      return;
    }
    try {
      Files.writeString(file, content.get());
    } catch (IOException e) {
      throw new ConfigurationException(
          "%s %s: cannot be written: %s".formatted(option, file, e.getMessage()));
    }
  }
}
