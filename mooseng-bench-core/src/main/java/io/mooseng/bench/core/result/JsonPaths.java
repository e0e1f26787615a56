package io.mooseng.bench.core.result;

import com.fasterxml.jackson.databind.JsonMappingException;
import java.util.stream.Collectors;

/** Writes where in a document something is wrong. */
final class JsonPaths {

  private JsonPaths() {}

  /** For instance {@code results[0].metrics.throughput}. */
  static String of(JsonMappingException e) {
    return e.getPath().stream()
        .map(
            step ->
                step.getFieldName() == null
                    ? "[" + step.getIndex() + "]"
                    : "." + step.getFieldName())
        .collect(Collectors.joining())
        .replaceFirst("^\\.", "");
  }
}
