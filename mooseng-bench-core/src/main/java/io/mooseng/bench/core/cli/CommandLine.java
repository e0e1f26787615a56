package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.config.SettingKey;
import io.mooseng.bench.core.jmh.JmhCommand;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The arguments of {@code run}, divided: ours are the long options that {@link SettingKey} names,
 * everything else is JMH's. The argument of a JMH option is never taken for one of ours.
 *
 * @param settings our options with their values, in order
 * @param jmh JMH's part, in order
 */
record CommandLine(Map<SettingKey, List<String>> settings, List<String> jmh) {

  /**
   * Divides the arguments.
   *
   * @throws ConfigurationException if one of our options lacks its value
   */
  static CommandLine divide(List<String> arguments) {
    Map<SettingKey, List<String>> settings = new EnumMap<>(SettingKey.class);
    List<String> jmh = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String token = arguments.get(i);
      Optional<SettingKey> key = own(token);
      if (key.isEmpty()) {
        jmh.add(token);
        if (JmhCommand.takesArgument(token) && i + 1 < arguments.size()) {
          jmh.add(arguments.get(++i));
        }
        continue;
      }
      String value = inlineValue(token);
      if (value == null && key.get().valueLabel().isPresent()) {
        if (i + 1 == arguments.size() || own(arguments.get(i + 1)).isPresent()) {
          throw new ConfigurationException(
              "%s needs a value: %s".formatted(key.get().option(), key.get().valueLabel().get()));
        }
        value = arguments.get(++i);
      }
      settings
          .computeIfAbsent(key.get(), any -> new ArrayList<>())
          .add(value == null ? "true" : value);
    }
    return new CommandLine(settings, jmh);
  }

  private static Optional<SettingKey> own(String token) {
    int equals = token.indexOf('=');
    String option = equals < 0 ? token : token.substring(0, equals);
    for (SettingKey key : SettingKey.values()) {
      if (key.option().equals(option)) {
        return Optional.of(key);
      }
    }
    return Optional.empty();
  }

  private static String inlineValue(String token) {
    int equals = token.indexOf('=');
    return equals < 0 ? null : token.substring(equals + 1);
  }
}
