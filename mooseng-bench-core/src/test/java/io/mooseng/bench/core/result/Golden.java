package io.mooseng.bench.core.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Golden files of writers, checked in locales that write numbers, case and digits differently. */
public final class Golden {

  private static final List<Locale> LOCALES =
      List.of(
          Locale.US,
          Locale.GERMANY,
          Locale.forLanguageTag("tr-TR"),
          Locale.forLanguageTag("ar-EG-u-nu-arab"));

  private Golden() {}

  /** What {@code written} answers must be the golden file in each locale. */
  public static void assertSame(String resource, Supplier<String> written) {
    String golden = read(resource);
    Locale before = Locale.getDefault();
    try {
      for (Locale locale : LOCALES) {
        Locale.setDefault(locale);
        assertThat(written.get()).as("%s in %s", resource, locale).isEqualTo(golden);
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  static String read(String resource) {
    try (InputStream stream = Golden.class.getResourceAsStream("/golden/" + resource)) {
      assertThat(stream).as(resource).isNotNull();
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
