package io.mooseng.bench.multiregion.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.multiregion.history.Action.CompareAndSet;
import io.mooseng.bench.multiregion.history.Action.Create;
import io.mooseng.bench.multiregion.history.Action.Delete;
import io.mooseng.bench.multiregion.history.Action.Read;
import io.mooseng.bench.multiregion.history.Action.Told;
import io.mooseng.bench.multiregion.history.Action.Write;
import java.io.StringWriter;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryTest {

  private final Locale before = Locale.getDefault();
  private final AtomicLong clock = new AtomicLong();
  private final HistoryRecorder recorder = new HistoryRecorder(2, clock::get);

  @AfterEach
  void restore() {
    Locale.setDefault(before);
  }

  private void at(long nanos) {
    clock.set(nanos);
  }

  private History recorded() {
    at(10);
    recorder.invoke(0, "a", new Write(7));
    at(20);
    recorder.invoke(1, "a", Read.asked());
    at(30);
    recorder.complete(0, new Write(7));
    at(40);
    recorder.complete(1, Read.of(7));
    at(50);
    recorder.invoke(0, "a", new CompareAndSet(7, 8, Told.NOTHING));
    at(60);
    recorder.invoke(0, "b\"", new Create(9, Told.NOTHING));
    at(70);
    recorder.complete(0, new Create(9, Told.REFUSED));
    at(80);
    recorder.invoke(1, "a", new Write(10));
    recorder.withdraw(1);
    at(90);
    recorder.invoke(1, "b\"", new Delete(Told.NOTHING));
    recorder.complete(1, new Delete(Told.DONE));
    recorder.invoke(1, "b\"", Read.asked());
    recorder.complete(1, Read.absent());
    return recorder.history();
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "ar-EG"})
  void jsonLines(String locale) throws Exception {
    Locale.setDefault(Locale.forLanguageTag(locale));
    StringWriter out = new StringWriter();
    HistoryFiles.writeJsonLines(recorded(), out);
    assertThat(out)
        .hasToString(
            """
            {"process":0,"key":"a","op":"write","value":7,"invoked":10,"returned":30}
            {"process":1,"key":"a","op":"read","value":7,"invoked":20,"returned":40}
            {"process":0,"key":"a","op":"cas","expected":7,"value":8,"invoked":50}
            {"process":2,"key":"b\\"","op":"create","value":9,"done":false,"invoked":60,"returned":70}
            {"process":1,"key":"b\\"","op":"delete","done":true,"invoked":90,"returned":91}
            {"process":1,"key":"b\\"","op":"read","invoked":92,"returned":93}
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "ar-EG"})
  void edn(String locale) throws Exception {
    Locale.setDefault(Locale.forLanguageTag(locale));
    StringWriter out = new StringWriter();
    HistoryFiles.writeEdn(recorded(), out);
    assertThat(out)
        .hasToString(
            """
            {:index 0, :type :invoke, :process 0, :f :write, :value ["a" 7], :time 10}
            {:index 1, :type :invoke, :process 1, :f :read, :value ["a" nil], :time 20}
            {:index 2, :type :ok, :process 0, :f :write, :value ["a" 7], :time 30}
            {:index 3, :type :ok, :process 1, :f :read, :value ["a" 7], :time 40}
            {:index 4, :type :invoke, :process 0, :f :cas, :value ["a" [7 8]], :time 50}
            {:index 5, :type :invoke, :process 2, :f :create, :value ["b\\"" 9], :time 60}
            {:index 6, :type :fail, :process 2, :f :create, :value ["b\\"" 9], :time 70}
            {:index 7, :type :invoke, :process 1, :f :delete, :value ["b\\"" nil], :time 90}
            {:index 8, :type :ok, :process 1, :f :delete, :value ["b\\"" nil], :time 91}
            {:index 9, :type :invoke, :process 1, :f :read, :value ["b\\"" nil], :time 92}
            {:index 10, :type :ok, :process 1, :f :read, :value ["b\\"" nil], :time 93}
            {:index 11, :type :info, :process 0, :f :cas, :value ["a" [7 8]], :time 93}
            """);
  }

  @Test
  void whatIsOpenIsPendingAndItsClientGoesOnAsAnother() {
    History history = recorded();
    assertThat(history.pending()).isEqualTo(1);
    assertThat(history.size()).isEqualTo(6);
    assertThat(history.byKey().get("a").get(2))
        .isEqualTo(
            new Operation(0, "a", new CompareAndSet(7, 8, Told.NOTHING), 50, Operation.PENDING));
    assertThat(history.byKey().get("b\"").get(0).process()).isEqualTo(2);
  }

  @Test
  void aHistoryUpToAMomentDoesNotKnowWhatCameLater() {
    Operation read = new Operation(0, "k", Read.of(3), 10, 20);
    assertThat(read.asOf(20)).isEqualTo(read);
    assertThat(read.asOf(19)).isEqualTo(new Operation(0, "k", Read.asked(), 10, Operation.PENDING));
  }

  @Test
  void impossibleOperationsAreRefused() {
    assertThatThrownBy(() -> new Operation(0, "k", new Write(1), 10, 9))
        .hasMessageContaining("before its invocation");
    assertThatThrownBy(() -> new Operation(0, "k", Read.of(1), 10, Operation.PENDING))
        .hasMessageContaining("was told nothing");
    assertThatThrownBy(() -> recorder.complete(0, Read.of(1)))
        .hasMessageContaining("no operation under way");
  }
}
