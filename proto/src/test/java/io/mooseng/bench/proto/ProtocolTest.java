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
  private static final String OWN_PACKAGE = "mooseng.bench.internal";
  private static final List<FileDescriptor> FILES =
      List.of(
          Common.getDescriptor(),
          Master.getDescriptor(),
          Chunkserver.getDescriptor(),
          Client.getDescriptor());

  @Test
  void everyLineOfTheTableAndNothingElseIsGenerated() throws IOException {
    assertThat(generated(FILES)).containsExactlyInAnyOrderElementsOf(table("/protocol-table.txt"));
  }

  /**
   * What is ours alone is kept apart: no name of it is MooseNG's, and it has a table of its own.
   */
  @Test
  void whatIsOursAloneIsInAPackageOfItsOwn() throws IOException {
    List<FileDescriptor> own =
        List.of(Internal.getDescriptor(), Regions.getDescriptor(), Transactions.getDescriptor());
    assertThat(own).extracting(FileDescriptor::getPackage).containsOnly(OWN_PACKAGE);
    assertThat(own).allSatisfy(file -> assertThat(file.getDependencies()).isEmpty());
    assertThat(generated(own))
        .containsExactlyInAnyOrderElementsOf(table("/internal-table.txt"))
        .doesNotContainAnyElementsOf(generated(FILES));
  }

  @Test
  void everyFileIsOfTheProtocolsPackage() {
    assertThat(FILES)
        .extracting(FileDescriptor::getPackage)
        .containsOnly(PACKAGE)
        .hasSameSizeAs(FILES);
  }

  private static List<String> table(String resource) throws IOException {
    try (InputStream table = ProtocolTest.class.getResourceAsStream(resource)) {
      return new String(table.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank())
          .toList();
    }
  }

  private static List<String> generated(List<FileDescriptor> files) {
    List<String> lines = new ArrayList<>();
    for (FileDescriptor file : files) {
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
    String home = message.getFile().getPackage();
    return home.equals(PACKAGE) || home.equals(OWN_PACKAGE)
        ? message.getName()
        : message.getFullName();
  }
}
