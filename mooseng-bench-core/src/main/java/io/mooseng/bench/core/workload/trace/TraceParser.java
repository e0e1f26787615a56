package io.mooseng.bench.core.workload.trace;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.workload.mix.FileOperation;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns lines back into what {@link TraceLines} made them from. */
final class TraceParser {

  private static final String WHOLE_NUMBER = "a whole number, 0 or more";
  private static final List<String> HEADER_KEYS =
      List.of("trace", "workload", "seed", "clients", "started");
  private static final List<String> OPERATION_KEYS =
      List.of("t", "c", "op", "path", "to", "size", "offset", "length", "outcome", "ns");
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private TraceParser() {}

  static TraceHeader header(byte[] line) throws MalformedLineException {
    JsonNode node = object(line);
    JsonNode version = node.path("trace");
    if (!version.isInt() || version.intValue() < 1) {
      throw new MalformedLineException("not the header of a trace: it has no version in 'trace'");
    }
    if (version.intValue() > TraceHeader.VERSION) {
      throw new MalformedLineException(
          "trace version %s was written by a later version of this program; accepted: up to %d"
              .formatted(version, TraceHeader.VERSION));
    }
    requireKnownKeys(node, HEADER_KEYS);
    JsonNode seed = node.path("seed");
    if (!seed.canConvertToLong() || !seed.isIntegralNumber()) {
      throw refused(node, "seed", "a whole number");
    }
    long clients = number(node, "clients");
    if (clients < 1 || clients > Integer.MAX_VALUE) {
      throw refused(node, "clients", "a whole number, 1 or more");
    }
    return checked(
        () ->
            new TraceHeader(
                text(node, "workload"), seed.longValue(), (int) clients, instant(node)));
  }

  static TracedOperation operation(byte[] line, int clients) throws MalformedLineException {
    JsonNode node = object(line);
    requireKnownKeys(node, OPERATION_KEYS);
    long client = number(node, "c");
    if (client >= clients) {
      throw refused(node, "c", "a client of the header's, from 0 to " + (clients - 1));
    }
    FileOperation operation =
        FileOperation.ofLabel(text(node, "op"))
            .orElseThrow(() -> refused(node, "op", FileOperation.labels()));
    Optional<String> to = node.has("to") ? Optional.of(text(node, "to")) : Optional.empty();
    return checked(
        () ->
            new TracedOperation(
                number(node, "t"),
                (int) client,
                operation,
                text(node, "path"),
                to,
                numberOrZero(node, "size"),
                numberOrZero(node, "offset"),
                numberOrZero(node, "length"),
                failure(node),
                number(node, "ns")));
  }

  private static JsonNode object(byte[] line) throws MalformedLineException {
    JsonNode node;
    try {
      node = JSON.readTree(line);
    } catch (JacksonException e) {
      throw new MalformedLineException(
          "not JSON: " + e.getOriginalMessage().lines().findFirst().get(), true);
    } catch (IOException e) {
      throw new MalformedLineException("not JSON: " + e.getMessage());
    }
    if (!node.isObject()) {
      throw new MalformedLineException("accepted: an object");
    }
    return node;
  }

  private static void requireKnownKeys(JsonNode node, List<String> known)
      throws MalformedLineException {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (!known.contains(entry.getKey())) {
        throw new MalformedLineException(
            "unknown key '%s'; accepted: %s".formatted(entry.getKey(), String.join(", ", known)));
      }
    }
  }

  private static String text(JsonNode node, String key) throws MalformedLineException {
    JsonNode value = node.path(key);
    if (!value.isTextual() || value.textValue().isEmpty()) {
      throw refused(node, key, "a text");
    }
    return value.textValue();
  }

  private static long number(JsonNode node, String key) throws MalformedLineException {
    JsonNode value = node.path(key);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw refused(node, key, WHOLE_NUMBER);
    }
    return value.longValue();
  }

  private static long numberOrZero(JsonNode node, String key) throws MalformedLineException {
    return node.has(key) ? number(node, key) : 0;
  }

  private static Instant instant(JsonNode node) throws MalformedLineException {
    try {
      return Instant.parse(text(node, "started"));
    } catch (DateTimeException e) {
      throw refused(node, "started", "an instant such as 2026-01-31T12:00:00Z");
    }
  }

  private static Optional<FailureKind> failure(JsonNode node) throws MalformedLineException {
    String outcome = text(node, "outcome");
    if (outcome.equals(TraceLines.SUCCESS)) {
      return Optional.empty();
    }
    for (FailureKind kind : FailureKind.values()) {
      if (kind.label().equals(outcome)) {
        return Optional.of(kind);
      }
    }
    throw refused(
        node,
        "outcome",
        Stream.concat(
                Stream.of(TraceLines.SUCCESS),
                Arrays.stream(FailureKind.values()).map(FailureKind::label))
            .collect(Collectors.joining(", ")));
  }

  private static MalformedLineException refused(JsonNode node, String key, String accepted) {
    return new MalformedLineException(
        "key '%s': %s: accepted: %s"
            .formatted(key, node.has(key) ? node.get(key).toString() : "missing", accepted));
  }

  private static <T> T checked(Maker<T> maker) throws MalformedLineException {
    try {
      return maker.make();
    } catch (IllegalArgumentException e) {
      throw new MalformedLineException(e.getMessage());
    }
  }

  @FunctionalInterface
  private interface Maker<T> {
    T make() throws MalformedLineException;
  }
}
