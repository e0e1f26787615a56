package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.config.SettingKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The arguments of {@code run} that a run recorded of itself, as far as they decide what is
 * measured and how. Files of keys are not recorded: runs over TLS to a system of the user's are
 * refused when they are repeated.
 */
final class RecordedArguments {

  /** Where results go, and defaults that are written as words. */
  private static final Set<String> LEFT_OUT =
      Set.of(SettingKey.OUT.key(), SettingKey.STORE.key(), "jmh", "sizes", "tls");

  private static final String TEMPORARY = "temporary directory";

  private RecordedArguments() {}

  static List<String> of(Map<String, Object> configuration) {
    List<String> arguments = new ArrayList<>();
    for (SettingKey key : SettingKey.values()) {
      Object value = configuration.get(key.key());
      if (value == null || LEFT_OUT.contains(key.key())) {
        continue;
      }
      if (key.valueLabel().isEmpty()) {
        if (Boolean.TRUE.equals(value)) {
          arguments.add(key.option());
        }
      } else if (value instanceof List<?> list) {
        list.forEach(one -> arguments.addAll(List.of(key.option(), String.valueOf(one))));
      } else {
        arguments.addAll(List.of(key.option(), String.valueOf(value)));
      }
    }
    Object store = configuration.get(SettingKey.STORE.key());
    if (store != null && !TEMPORARY.equals(store)) {
      arguments.addAll(List.of(SettingKey.STORE.option(), store.toString()));
    }
    if (configuration.get("jmh") instanceof List<?> jmh) {
      jmh.forEach(token -> arguments.add(String.valueOf(token)));
    }
    return arguments;
  }
}
