package io.mooseng.bench.multiregion.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.mooseng.bench.multiregion.history.Action.CompareAndSet;
import io.mooseng.bench.multiregion.history.Action.Create;
import io.mooseng.bench.multiregion.history.Action.Delete;
import io.mooseng.bench.multiregion.history.Action.Read;
import io.mooseng.bench.multiregion.history.Action.Told;
import io.mooseng.bench.multiregion.history.Action.Write;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Writes histories for other programs. The same history gives the same text, in every locale.
 *
 * <ul>
 *   <li>JSON lines: one operation a line, without {@code returned} if its outcome was never known,
 *       and without {@code value} where a read found the object absent.
 *   <li>EDN as Jepsen writes it, for Knossos and others: one event a line, {@code :invoke} and then
 *       {@code :ok}, {@code :fail} or, for an outcome never known, {@code :info}; values are {@code
 *       [key value]}, as of independent keys.
 * </ul>
 */
public final class HistoryFiles {

  private static final JsonFactory JSON = new JsonFactory();

  private HistoryFiles() {}

  /** Writes JSON lines; does not close {@code out}. */
  public static void writeJsonLines(History history, Writer out) throws IOException {
    for (Operation operation : history.operations()) {
      try (JsonGenerator json = JSON.createGenerator(out)) {
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        write(operation, json);
      }
      out.write('\n');
    }
    out.flush();
  }

  private static void write(Operation operation, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("process", operation.process());
    json.writeStringField("key", operation.key());
    json.writeStringField("op", operation.action().label());
    Action action = operation.action();
    Told told = Told.NOTHING;
    if (action instanceof Read read) {
      if (read.observed().isPresent()) {
        json.writeNumberField("value", read.observed().getAsLong());
      }
    } else if (action instanceof Write write) {
      json.writeNumberField("value", write.value());
    } else if (action instanceof CompareAndSet cas) {
      json.writeNumberField("expected", cas.expected());
      json.writeNumberField("value", cas.value());
      told = cas.told();
    } else if (action instanceof Create create) {
      json.writeNumberField("value", create.value());
      told = create.told();
    } else if (action instanceof Delete delete) {
      told = delete.told();
    }
    if (told != Told.NOTHING) {
      json.writeBooleanField("done", told == Told.DONE);
    }
    json.writeNumberField("invoked", operation.invokedNanos());
    if (!operation.isPending()) {
      json.writeNumberField("returned", operation.returnedNanos());
    }
    json.writeEndObject();
  }

  /** An event of an EDN history. What happens at once is concurrent: it begins before it ends. */
  private record Event(long nanos, boolean invocation, Operation operation) {}

  /** Writes EDN; does not close {@code out}. */
  public static void writeEdn(History history, Writer out) throws IOException {
    List<Event> events = new ArrayList<>();
    for (Operation operation : history.operations()) {
      events.add(new Event(operation.invokedNanos(), true, operation));
      events.add(new Event(operation.returnedNanos(), false, operation));
    }
    events.sort(Comparator.comparingLong(Event::nanos).thenComparing(event -> !event.invocation()));
    int index = 0;
    long last = 0;
    for (Event event : events) {
      Operation operation = event.operation();
      boolean unknown = !event.invocation() && operation.isPending();
      // An outcome that was never known is told at the end, when nobody waits any more.
      last = unknown ? last : event.nanos();
      String type = event.invocation() ? ":invoke" : unknown ? ":info" : type(operation.action());
      Action action = event.invocation() ? operation.action().untold() : operation.action();
      out.write("{:index " + index++ + ", :type " + type + ", :process " + operation.process());
      out.write(", :f :" + action.label());
      out.write(", :value [" + quoted(operation.key()) + " " + value(action) + "]");
      out.write(", :time " + last + "}\n");
    }
    out.flush();
  }

  private static String type(Action action) {
    Told told =
        action instanceof CompareAndSet cas
            ? cas.told()
            : action instanceof Create create
                ? create.told()
                : action instanceof Delete delete ? delete.told() : Told.DONE;
    return told == Told.REFUSED ? ":fail" : ":ok";
  }

  private static String value(Action action) {
    if (action instanceof Read read) {
      return read.observed().isPresent() ? Long.toString(read.observed().getAsLong()) : "nil";
    } else if (action instanceof Write write) {
      return Long.toString(write.value());
    } else if (action instanceof CompareAndSet cas) {
      return "[" + cas.expected() + " " + cas.value() + "]";
    } else if (action instanceof Create create) {
      return Long.toString(create.value());
    }
    return "nil";
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
