package io.mooseng.bench.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {

  @ParameterizedTest
  @CsvSource({
    "512, 512",
    "0, 0",
    "0B, 0",
    "1KB, 1024",
    "1KiB, 1024",
    "1kb, 1024",
    "4 KB, 4096",
    "1.5 MiB, 1572864",
    "100MB, 104857600",
    "2GB, 2147483648",
    "8GiB, 8589934592",
    "9223372036854775807, 9223372036854775807"
  })
  void reads(String text, long bytes) {
    assertThat(ByteSize.parse(text).bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "KB",
        "-1",
        "1TB",
        "1.KB",
        ".5KB",
        "0.3B",
        "1,5KB",
        "1KB2",
        "0x10",
        "1e3",
        "9223372036854775808",
        "9999999999GB"
      })
  void refusesWhatIsNoSize(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ByteSize.parse(text))
        .withMessage(
            "'%s' is not a size; accepted: a number with B, KB, MB or GB, such as 64KB", text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0B",
    "1023, 1023B",
    "1024, 1KB",
    "1025, 1025B",
    "1048576, 1MB",
    "104857600, 100MB",
    "1073741824, 1GB",
    "1074790400, 1025MB"
  })
  void writesTheShortestExactForm(long bytes, String text) {
    assertThat(new ByteSize(bytes)).hasToString(text);
  }

  @Test
  void readsBackWhatItWrites() {
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 10_000; i++) {
      // Round multiples of every unit as well as odd numbers of bytes.
      long value = random.nextLong(1L << random.nextInt(1, 32)) << (10 * random.nextInt(0, 4));
      ByteSize size = new ByteSize(value);
      assertThat(ByteSize.parse(size.toString())).isEqualTo(size);
    }
  }

  @Test
  void cannotBeNegative() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ByteSize(-1))
        .withMessage("a size cannot be negative: -1");
  }

  @Test
  void comparesByBytesNotByText() {
    assertThat(ByteSize.parse("9KB")).isLessThan(ByteSize.parse("10KB"));
    assertThat(ByteSize.parse("1024")).isEqualByComparingTo(ByteSize.parse("1KB"));
  }
}
