package io.mooseng.bench.core.target;

import static io.mooseng.bench.core.target.ContractFixture.assertFails;
import static io.mooseng.bench.core.target.ContractFixture.payload;
import static io.mooseng.bench.core.target.ContractFixture.trace;
import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.model.FailureKind;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every driver must do with what it is given a path of; see {@link TargetContract}. */
public interface PathsContract {

  TargetDriver openDriver() throws Exception;

  /** Whether this target has extended attributes. */
  default boolean hasAttributes() throws Exception {
    return true;
  }

  @ContractCheck
  default void findsWhatAPathLeadsTo() throws Exception {
    try (TargetDriver driver = openDriver()) {
      FileRef a = driver.createDirectory(driver.root(), "a", trace());
      FileRef b = driver.createDirectory(a, "b b", trace());
      FileRef file = driver.write(b, "c", payload(1_234), trace());
      assertThat(driver.statPath("a", trace())).isEqualTo(new FileInfo(0, true));
      assertThat(driver.statPath("a/b b/c", trace())).isEqualTo(new FileInfo(1_234, false));
      FileRef moved = driver.rename(file, driver.root(), "d", trace());
      assertThat(driver.statPath("d", trace()).size()).isEqualTo(1_234);
      assertFails(FailureKind.NOT_FOUND, () -> driver.statPath("a/b b/c", trace()));
      assertFails(FailureKind.NOT_FOUND, () -> driver.statPath("a/nothing/c", trace()));
      driver.delete(moved, trace());
      assertFails(FailureKind.NOT_FOUND, () -> driver.statPath("d", trace()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/a", "a/", "a//b", ".", "a/../b", ".."})
  @Timeout(60)
  default void refusesWhatIsNoPath(String path) throws Exception {
    try (TargetDriver driver = openDriver()) {
      driver.createDirectory(driver.root(), "a", trace());
      assertFails(FailureKind.INVALID, () -> driver.statPath(path, trace()));
      assertFails(FailureKind.INVALID, () -> driver.attributes(path, trace()));
      assertFails(FailureKind.INVALID, () -> driver.setAttributes(path, Map.of(), trace()));
    }
  }

  @ContractCheck
  default void keepsAttributes() throws Exception {
    Assumptions.assumeTrue(hasAttributes());
    try (TargetDriver driver = openDriver()) {
      FileRef directory = driver.createDirectory(driver.root(), "a", trace());
      FileRef file = driver.write(directory, "file", payload(10), trace());
      assertThat(driver.attributes("a/file", trace())).isEmpty();
      byte[] first = {1, 0, -1};
      driver.setAttributes("a/file", Map.of("first", first, "second", new byte[200]), trace());
      driver.setAttributes("a/file", Map.of("second", new byte[0], "third", first), trace());
      driver.setAttributes("a", Map.of("of.directory", first), trace());
      Map<String, byte[]> expected = new HashMap<>();
      expected.put("first", first.clone());
      expected.put("second", new byte[0]);
      expected.put("third", first.clone());
      first[0] = 99;
      assertEqual(driver.attributes("a/file", trace()), expected);
      driver.rename(file, driver.root(), "moved", trace());
      assertEqual(driver.attributes("moved", trace()), expected);
      assertEqual(driver.attributes("a", trace()), Map.of("of.directory", new byte[] {1, 0, -1}));
    }
  }

  private static void assertEqual(Map<String, byte[]> found, Map<String, byte[]> expected) {
    assertThat(found).containsOnlyKeys(expected.keySet());
    expected.forEach((name, value) -> assertThat(found.get(name)).as(name).isEqualTo(value));
  }

  @ContractCheck
  default void attributesOfNothingAreNotFound() throws Exception {
    Assumptions.assumeTrue(hasAttributes());
    try (TargetDriver driver = openDriver()) {
      FailureKind kind = FailureKind.NOT_FOUND;
      assertFails(kind, () -> driver.attributes("nothing", trace()));
      assertFails(kind, () -> driver.setAttributes("nothing", Map.of("a", new byte[1]), trace()));
    }
  }
}
