package io.mooseng.bench.core.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Much of a run is read by hand, field by field: it must not take one thing for another. */
class DamagedRunTest {

  private static final String GOLDEN = Golden.read("run-v4.json");

  private static final ObjectMapper JSON = new ObjectMapper();

  /** {@code 1.0} and {@code 1} are the same number. */
  private static final Comparator<JsonNode> SAME =
      (a, b) -> {
        boolean numbers = a.isNumber() && b.isNumber();
        boolean same = numbers ? a.doubleValue() == b.doubleValue() : a.equals(b);
        return same ? 0 : 1;
      };

  /** One byte is another, or missing, or there is one more. */
  @Test
  void whatIsAcceptedIsWhatStandsThere() throws IOException {
    SplittableRandom random = new SplittableRandom(4);
    String alphabet = "0123456789-+.eE,:{}[]\" \n\\ntf\u0007a";
    int accepted = 0;
    int refused = 0;
    for (int trial = 0; trial < 3_000; trial++) {
      int at = random.nextInt(GOLDEN.length());
      char other = alphabet.charAt(random.nextInt(alphabet.length()));
      int cut = random.nextInt(3);
      String changed =
          GOLDEN.substring(0, at)
              + (cut == 0 ? "" : other)
              + GOLDEN.substring(at + (cut == 2 ? 0 : 1));
      RunRecord read;
      try {
        read = RunReader.read("damaged", changed.getBytes(StandardCharsets.UTF_8));
      } catch (RunDirectoryException e) {
        refused++;
        continue;
      }
      accepted++;
      JsonNode written = JSON.readTree(RunJson.bytes(read));
      assertThat(written.equals(SAME, JSON.readTree(changed)))
          .as("'%s' at %d (%d) is read as it stands", other, at, cut)
          .isTrue();
    }
    assertThat(accepted).isGreaterThan(300);
    assertThat(refused).isGreaterThan(300);
  }

  @Test
  void noFieldMayStandThereTwice() {
    Matcher field =
        Pattern.compile("\"[\\w.-]+\" : (\"([^\"\\\\]|\\\\.)*\"|[\\w.+-]+)").matcher(GOLDEN);
    int fields = 0;
    while (field.find()) {
      String twice =
          GOLDEN.substring(0, field.end()) + ", " + field.group() + GOLDEN.substring(field.end());
      byte[] bytes = twice.getBytes(StandardCharsets.UTF_8);
      assertThat(catchThrowable(() -> RunReader.read("damaged", bytes)))
          .as("%s at %d", field.group(), field.start())
          .isInstanceOf(RunDirectoryException.class)
          .hasMessageContaining("Duplicate field");
      fields++;
    }
    assertThat(fields).isGreaterThan(100);
  }
}
