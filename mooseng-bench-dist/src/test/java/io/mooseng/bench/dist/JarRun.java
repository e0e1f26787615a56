package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** How a run of the jar, or of a script, ended. */
record JarRun(int exitCode, String stdout, String stderr) {

  private static final String STACK_TRACE = "(?s).*\\R\\s+at [\\w.$/]+\\(.*";

  /** Fails, showing what the run printed, if it did not exit with {@code expected}. */
  JarRun exited(int expected) {
    assertThat(exitCode)
        .as("exit code; the run printed%n%s%n%s", stdout, stderr)
        .isEqualTo(expected);
    return this;
  }

  /** Fails unless stderr is one line that contains all {@code parts}. */
  JarRun saidInOneLine(String... parts) {
    assertThat(errorLines()).as("stderr").hasSize(1);
    assertThat(stderr).contains(parts);
    return withoutStackTrace();
  }

  /** Fails if a Java stack trace was printed. */
  JarRun withoutStackTrace() {
    assertThat(stdout).doesNotMatch(STACK_TRACE);
    assertThat(stderr).doesNotMatch(STACK_TRACE);
    return this;
  }

  /** Fails if the run says that it left something; what it removed of others is no matter. */
  JarRun withoutLeavings() {
    assertThat(stderr.lines()).noneMatch(line -> line.startsWith("left "));
    return this;
  }

  /** Fails unless stderr holds a Java stack trace. */
  JarRun withStackTrace() {
    assertThat(stderr).matches(STACK_TRACE);
    return this;
  }

  /** The lines of stderr that are not empty. */
  List<String> errorLines() {
    return stderr.lines().filter(line -> !line.isBlank()).toList();
  }
}
