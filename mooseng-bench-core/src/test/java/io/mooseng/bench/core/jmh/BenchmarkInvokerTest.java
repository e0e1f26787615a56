package io.mooseng.bench.core.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

class BenchmarkInvokerTest {

  /** What happened, in order; every state writes into the one of its benchmark. */
  @State(Scope.Benchmark)
  public static class Events {
    private final List<String> list = new ArrayList<>();
  }

  @State(Scope.Benchmark)
  public static class Connection {

    @Param({"first", "second"})
    public String where;

    @Setup
    public void open(Events events) {
      events.list.add("open " + where);
    }

    @TearDown
    public void close(Events events) {
      events.list.add("close");
    }
  }

  @State(Scope.Thread)
  public static class Sample {

    @Param({"1", "2"})
    public int count;

    @Setup(Level.Trial)
    public void begin(Events events) {
      events.list.add("begin " + count);
    }

    @Setup(Level.Iteration)
    public void beginIteration(Events events) {
      events.list.add("begin iteration");
    }

    @TearDown(Level.Iteration)
    public void endIteration(Events events, Connection connection) {
      events.list.add("end iteration at " + connection.where);
    }

    @Benchmark
    public List<String> call(Events events, Connection connection) {
      events.list.add("call " + connection.where);
      return events.list;
    }

    @Benchmark
    public void fail() {
      throw new IllegalStateException("planted");
    }
  }

  @SuppressWarnings("unchecked")
  private static List<String> events(Object answer) {
    return (List<String>) answer;
  }

  @Test
  void setsStatesUpBeforeWhoeverNeedsThem() {
    BenchmarkInvoker invoker =
        new BenchmarkInvoker(Sample.class, "call", Map.of("where", "second"));
    invoker.startIteration();
    invoker.invoke();
    List<String> events = events(invoker.invoke());
    invoker.endIteration();
    invoker.startIteration();
    invoker.endIteration();
    invoker.endTrial();
    assertThat(events)
        .containsExactly(
            "begin 1",
            "open second",
            "begin iteration",
            "call second",
            "call second",
            "end iteration at second",
            "begin iteration",
            "end iteration at second",
            "close");
  }

  @Test
  void setsParametersOfEveryType() {
    BenchmarkInvoker invoker =
        new BenchmarkInvoker(Sample.class, "call", Map.of("count", "2", "target", "ignored"));
    assertThat(events(invoker.invoke())).containsExactly("begin 2", "open first", "call first");
  }

  @Test
  void throwsWhatTheBenchmarkThrows() {
    BenchmarkInvoker invoker = new BenchmarkInvoker(Sample.class, "fail", Map.of());
    assertThatThrownBy(invoker::invoke)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("planted");
  }

  @Test
  void aMethodThatIsNotThereIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BenchmarkInvoker(Sample.class, "none", Map.of()))
        .withMessage("no public method none");
  }
}
