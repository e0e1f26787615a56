package io.mooseng.bench.proto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * The stubs speak MooseNG's protocol: every number, type and name is that of the table, which
 * changes only with MooseNG itself.
 */
class ProtocolTest {

  private static final String PACKAGE = "mooseng.protocol";
  private static final List<FileDescriptor> FILES =
      List.of(
          Common.getDescriptor(),
          Master.getDescriptor(),
          Chunkserver.getDescriptor(),
          Client.getDescriptor());

  @Test
  void everyLineOfTheTableAndNothingElseIsGenerated() throws IOException {
    assertThat(generated()).containsExactlyInAnyOrderElementsOf(table());
  }

  @Test
  void everyFileIsOfTheProtocolsPackage() {
    assertThat(FILES)
        .extracting(FileDescriptor::getPackage)
        .containsOnly(PACKAGE)
        .hasSameSizeAs(FILES);
  }

  private static List<String> table() throws IOException {
    try (InputStream table = ProtocolTest.class.getResourceAsStream("/protocol-table.txt")) {
      return new String(table.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank())
          .toList();
    }
  }

  private static List<String> generated() {
    List<String> lines = new ArrayList<>();
    for (FileDescriptor file : FILES) {
      file.getMessageTypes().forEach(message -> describe(message, lines));
      file.getEnumTypes().forEach(type -> describe(type, lines));
      file.getServices().forEach(service -> describe(service, lines));
    }
    return lines;
  }

  private static void describe(Descriptor message, List<String> lines) {
    lines.add("message " + message.getName());
    for (FieldDescriptor field : message.getFields()) {
      lines.add(
          "field %s.%s %d %s%s"
              .formatted(
                  message.getName(),
                  field.getName(),
                  field.getNumber(),
                  label(field),
                  field.getRealContainingOneof() == null
                      ? ""
                      : " oneof=" + field.getRealContainingOneof().getName()));
    }
    message.getNestedTypes().stream()
        .filter(nested -> !nested.getOptions().getMapEntry())
        .forEach(nested -> lines.add("nested message " + nested.getFullName()));
    message.getEnumTypes().forEach(nested -> lines.add("nested enum " + nested.getFullName()));
  }

  private static String label(FieldDescriptor field) {
    if (field.isMapField()) {
      List<FieldDescriptor> entry = field.getMessageType().getFields();
      return "map<%s, %s>".formatted(type(entry.get(0)), type(entry.get(1)));
    }
    if (field.isRepeated()) {
      return "repeated " + type(field);
    }
    boolean optional = field.toProto().getProto3Optional();
    return (optional ? "optional " : "") + type(field);
  }

  private static String type(FieldDescriptor field) {
    return switch (field.getType()) {
      case MESSAGE -> name(field.getMessageType());
      case ENUM -> field.getEnumType().getName();
      default -> field.getType().name().toLowerCase(Locale.ROOT);
    };
  }

  private static void describe(EnumDescriptor type, List<String> lines) {
    type.getValues()
        .forEach(
            value ->
                lines.add(
                    "enum %s %s %d".formatted(type.getName(), value.getName(), value.getNumber())));
  }

  private static void describe(ServiceDescriptor service, List<String> lines) {
    for (MethodDescriptor method : service.getMethods()) {
      lines.add(
          "rpc %s.%s %s%s -> %s%s"
              .formatted(
                  service.getName(),
                  method.getName(),
                  method.isClientStreaming() ? "stream " : "",
                  name(method.getInputType()),
                  method.isServerStreaming() ? "stream " : "",
                  name(method.getOutputType())));
    }
  }

  /** Types of the protocol by their own name, those of others in full. */
  private static String name(Descriptor message) {
    return message.getFile().getPackage().equals(PACKAGE)
        ? message.getName()
        : message.getFullName();
  }
}
