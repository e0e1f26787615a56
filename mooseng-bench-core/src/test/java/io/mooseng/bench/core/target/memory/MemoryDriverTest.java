package io.mooseng.bench.core.target.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.ConcurrentTargetContract;
import io.mooseng.bench.core.target.ConnectionDepth;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.ListPage;
import io.mooseng.bench.core.target.TargetDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryDriverTest implements ConcurrentTargetContract {

  private final OperationTrace trace = new OperationTrace();

  @Override
  public TargetDriver openDriver() {
    return new MemoryDriver();
  }

  @Test
  void listingGoesOnWhereItWasAlthoughEntriesCameAndWent() throws Exception {
    TargetDriver driver = openDriver();
    FileRef first = driver.create(driver.root(), "first", trace);
    driver.create(driver.root(), "second", trace);
    driver.create(driver.root(), "third", trace);
    ListPage page = driver.list(driver.root(), 0, 2, trace);
    assertThat(page.names()).containsExactly("first", "second");
    driver.delete(first, trace);
    driver.create(driver.root(), "fourth", trace);
    assertThat(driver.list(driver.root(), page.nextOffset(), 10, trace).names())
        .containsExactly("third", "fourth");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b"})
  void refusesWhatIsNoName(String name) {
    TargetDriver driver = openDriver();
    assertThatThrownBy(() -> driver.create(driver.root(), name, trace))
        .isInstanceOfSatisfying(
            OperationException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.INVALID));
  }

  @Test
  void hasNoConnections() {
    assertThatThrownBy(() -> openDriver().connect(ConnectionDepth.TCP, trace))
        .isInstanceOfSatisfying(
            OperationException.class,
            e -> assertThat(e.kind()).isEqualTo(FailureKind.UNIMPLEMENTED));
  }
}
