package io.mooseng.bench.core.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which link lies between clients and servers, and what emulates it.
 *
 * @param network a preset or a file; empty: as the benchmark says
 * @param backend as the user named it; empty: any that can do what is asked
 */
public record LinkSettings(Optional<String> network, Optional<String> backend) {

  /** Nothing was said. */
  public static final LinkSettings NONE = new LinkSettings(Optional.empty(), Optional.empty());

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(SettingKey.NETWORK.key(), network.orElse(null));
    map.put(SettingKey.BACKEND.key(), backend.orElse(null));
    return map;
  }
}
