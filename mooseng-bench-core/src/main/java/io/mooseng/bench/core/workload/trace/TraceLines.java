package io.mooseng.bench.core.workload.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * A header or an operation as a line, the newline included: the same values give the same bytes, in
 * every locale. Keys whose value is 0 or that do not apply are left out.
 */
final class TraceLines {

  static final String SUCCESS = "ok";

  private static final int USUAL_BYTES = 192;
  private static final JsonFactory JSON = new JsonFactory();

  private TraceLines() {}

  static byte[] of(TraceHeader header) {
    return line(
        json -> {
          json.writeNumberField("trace", TraceHeader.VERSION);
          json.writeStringField("workload", header.workload());
          json.writeNumberField("seed", header.seed());
          json.writeNumberField("clients", header.clients());
          json.writeStringField("started", header.started().toString());
        });
  }

  /** The line with blanks before its newline, where JSON does not mind them. */
  static byte[] padded(byte[] line, int length) {
    byte[] longer = Arrays.copyOf(line, length);
    Arrays.fill(longer, line.length - 1, length, (byte) ' ');
    longer[length - 1] = '\n';
    return longer;
  }

  static byte[] of(TracedOperation operation) {
    return line(
        json -> {
          json.writeNumberField("t", operation.startNanos());
          json.writeNumberField("c", operation.client());
          json.writeStringField("op", operation.operation().label());
          json.writeStringField("path", operation.path());
          if (operation.to().isPresent()) {
            json.writeStringField("to", operation.to().get());
          }
          writeUnlessZero(json, "size", operation.size());
          writeUnlessZero(json, "offset", operation.offset());
          writeUnlessZero(json, "length", operation.length());
          json.writeStringField(
              "outcome", operation.failure().map(kind -> kind.label()).orElse(SUCCESS));
          json.writeNumberField("ns", operation.durationNanos());
        });
  }

  private static void writeUnlessZero(JsonGenerator json, String key, long value)
      throws IOException {
    if (value != 0) {
      json.writeNumberField(key, value);
    }
  }

  private static byte[] line(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      fields.writeTo(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }

  @FunctionalInterface
  private interface Fields {
    void writeTo(JsonGenerator json) throws IOException;
  }
}
