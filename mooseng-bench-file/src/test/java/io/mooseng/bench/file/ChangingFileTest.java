package io.mooseng.bench.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.measure.OperationRecorder;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.Target;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.target.TargetOptions;
import io.mooseng.bench.core.target.Targets;
import io.mooseng.bench.core.workload.FileContent;
import io.mooseng.bench.core.workload.Payload;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What failures of a target make of what a file should hold. */
class ChangingFileTest {

  private static final Set<String> CHANGES = Set.of("overwrite", "append");
  private static final Payload WHOLE = payload(0, "4MB");
  private static final Payload BLOCK = payload(1, "64KB");

  private final OperationTrace trace = new OperationTrace();

  /** What changes fail with, after they did what they should; null: they do not fail. */
  private FailureKind failsAfterwards;

  /** What changes fail with, having done nothing; null: they do not fail. */
  private FailureKind failsBefore;

  /** What is behind this offset fails its checksum. */
  private long unreadableFrom = Long.MAX_VALUE;

  private TargetDriver memory;
  private Target target;
  private FileRef ref;
  private ChangingFile file;

  private static Payload payload(int variant, String size) {
    return Payload.of(3, variant, ByteSize.parse(size));
  }

  @BeforeEach
  void write() throws OperationException {
    memory = Targets.open("memory:/", TargetOptions.defaults());
    target = new Target(failing(memory), new OperationRecorder(), Ticker.SYSTEM);
    ref = memory.write(memory.root(), "f", WHOLE, trace);
    file = new ChangingFile(ref, FileContent.of(WHOLE));
  }

  @AfterEach
  void close() {
    target.close();
  }

  private TargetDriver failing(TargetDriver driver) {
    return (TargetDriver)
        Proxy.newProxyInstance(
            TargetDriver.class.getClassLoader(),
            new Class<?>[] {TargetDriver.class},
            (proxy, method, arguments) -> {
              boolean changes = CHANGES.contains(method.getName());
              if (changes && failsBefore != null) {
                throw OperationException.light(failsBefore, "planted before");
              }
              if (method.getName().equals("read") && unreadableFrom < WHOLE.size()
                  || method.getName().equals("readRange")
                      && (long) arguments[1] + (long) arguments[2] > unreadableFrom) {
                throw OperationException.light(FailureKind.CORRUPT, "planted checksum");
              }
              try {
                Object answer = method.invoke(driver, arguments);
                if (changes && failsAfterwards != null) {
                  throw OperationException.light(failsAfterwards, "planted afterwards");
                }
                return answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void verify() throws OperationException {
    target.verify(ref, file.content());
  }

  private static void assertCorrupt(ThrowingCallable verification) {
    assertThatThrownBy(verification)
        .isInstanceOfSatisfying(
            OperationException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.CORRUPT));
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureKind.class,
      names = {"TIMEOUT", "UNAVAILABLE", "RESOURCE_EXHAUSTED", "INTERNAL", "INVALID"})
  void aChangeThatHappenedAlthoughItFailedIsNoWrongData(FailureKind kind)
      throws OperationException {
    failsAfterwards = kind;
    assertThat(file.overwrite(target, 0, BLOCK).succeeded()).isFalse();
    assertThat(file.append(target, BLOCK).succeeded()).isFalse();
    failsAfterwards = null;
    assertThat(file.append(target, BLOCK).succeeded()).isTrue();

    verify();

    assertThat(file.content().isCertain()).isFalse();
    assertThat(file.appended()).isEqualTo(BLOCK.size());
  }

  @Test
  void neitherIsOneThatDidNotHappen() throws OperationException {
    failsBefore = FailureKind.TIMEOUT;
    file.overwrite(target, 0, BLOCK);
    file.append(target, BLOCK);
    verify();
  }

  /** The MiB of the doubtful block is not compared, all others are. */
  @ParameterizedTest
  @CsvSource({"0KB, false", "960KB, false", "1MB, true", "4032KB, true"})
  void whatIsNotInDoubtIsCompared(String place, boolean noticed) throws OperationException {
    failsAfterwards = FailureKind.TIMEOUT;
    file.overwrite(target, 0, BLOCK);
    file.append(target, BLOCK);
    verify();

    memory.overwrite(ref, ByteSize.parse(place).bytes(), payload(2, "64KB"), trace);

    if (noticed) {
      assertCorrupt(this::verify);
    } else {
      verify();
    }
  }

  /** Of which whole blocks are known, whatever follows them. */
  @Test
  void anAppendThatIsLostIsWrongData() throws OperationException {
    Payload block = payload(4, "1MB");
    file.append(target, block);
    verify();
    FileRef shorter = memory.write(memory.root(), "shorter", WHOLE, trace);
    assertCorrupt(() -> target.verify(shorter, file.content()));
    failsAfterwards = FailureKind.TIMEOUT;
    file.append(target, block);
    verify();
    assertCorrupt(() -> target.verify(shorter, file.content()));
  }

  /** As a server may leave it that was killed in the middle of a change. */
  @Test
  void whatIsInDoubtIsNotEvenRead() throws OperationException {
    failsBefore = FailureKind.UNAVAILABLE;
    file.overwrite(target, 3 << 20, BLOCK);
    file.append(target, BLOCK);
    unreadableFrom = 3 << 20;
    verify();
    unreadableFrom = 2 << 20;
    assertCorrupt(this::verify);
  }
}
