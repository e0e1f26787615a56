package io.mooseng.bench.core.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.plan.Cell;
import io.mooseng.bench.core.result.ResultRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressOutputTest {

  private final List<String> heard = new ArrayList<>();
  private final ProgressOutput output =
      new ProgressOutput(
          new ProgressListener() {
            @Override
            public void forkStarted(Cell cell, int cellNumber, int fork) {}

            @Override
            public void iterationStarted(boolean warmup, int iteration, int of) {}

            @Override
            public void rowFinished(ResultRecord row) {}

            @Override
            public void preparing(String what) {
              heard.add(what);
            }
          },
          Optional.empty());

  /** JMH hands over what a fork prints in pieces of any length. */
  @Test
  void hearsHowTheSetUpOfAForkGetsOn() throws IOException {
    output.write(bytes("unrelated\nprepar"));
    output.write(bytes("ing: files, 1 of 2\r\nprepa"));
    for (byte octet : bytes("ring: üb, 2 of 2\nand no end of line")) {
      output.write(octet);
    }
    assertThat(heard).containsExactly("files, 1 of 2", "üb, 2 of 2");
  }

  private void hear(String... lines) {
    for (String line : lines) {
      output.println(line);
    }
  }

  /** As JMH 1.37 tells the end of a fork. */
  private void died(List<String> stdout, List<String> stderr) {
    hear("<forked VM failed with exit code 1>", "<stdout last='20 lines'>");
    stdout.forEach(output::println);
    hear("</stdout>", "<stderr last='20 lines'>");
    stderr.forEach(output::println);
    hear("</stderr>", "");
  }

  @Test
  void keepsTheFirstLineOfTheErrorsOfAForkThatDied() {
    hear("# Warmup: <none>", "not an error");
    assertThat(output.lastWords().said()).isEmpty();
    died(
        List.of("some output"),
        List.of(
            "Picked up JAVA_TOOL_OPTIONS: -Da=b",
            "OpenJDK 64-Bit Server VM warning: Sharing is only supported",
            "",
            "Unrecognized VM option 'Nonsense'",
            "Error: Could not create the Java Virtual Machine."));
    hear("# Run complete");
    assertThat(output.lastWords().said()).contains("Unrecognized VM option 'Nonsense'");
    output.lastWords().forget();
    assertThat(output.lastWords().said()).isEmpty();
  }

  @Test
  void aJvmThatCannotStartSaysSoOnItsOutput() {
    died(
        List.of("Error occurred during initialization of VM", "Too small maximum heap"), List.of());
    assertThat(output.lastWords().said()).contains("Too small maximum heap");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
