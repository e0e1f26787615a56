package io.mooseng.bench.core.machine;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The processor as the kernel describes it.
 *
 * @param model the marketing name; on Arm, which has none, the implementer and part
 * @param logicalCores hardware threads online, whether or not this process may use them
 * @param physicalCores distinct cores; empty where the kernel does not tell
 */
record CpuInfo(Optional<String> model, OptionalInt logicalCores, OptionalInt physicalCores) {

  private static final Pattern BLANK_LINES = Pattern.compile("\\R\\s*\\R");
  private static final Pattern CPU_DIRECTORY = Pattern.compile("cpu\\d+");

  /** Part numbers of Arm Ltd. (implementer 0x41), from Linux' arch/arm64/include/asm/cputype.h. */
  private static final Map<String, String> ARM_PARTS =
      Map.of(
          "0xd03", "Cortex-A53",
          "0xd08", "Cortex-A72",
          "0xd0b", "Cortex-A76",
          "0xd0c", "Neoverse-N1",
          "0xd40", "Neoverse-V1",
          "0xd49", "Neoverse-N2",
          "0xd4f", "Neoverse-V2");

  static CpuInfo read(SystemFiles files) {
    CpuInfo info = parse(files.read("/proc/cpuinfo").orElse(""));
    if (info.physicalCores.isPresent()) {
      return info;
    }
    List<String> siblings =
        files.list("/sys/devices/system/cpu").stream()
            .filter(name -> CPU_DIRECTORY.matcher(name).matches())
            .map(name -> "/sys/devices/system/cpu/" + name + "/topology/thread_siblings_list")
            .flatMap(path -> files.read(path).stream())
            .toList();
    return new CpuInfo(info.model, info.logicalCores, distinct(new HashSet<>(siblings)));
  }

  /** Reads the text of {@code /proc/cpuinfo}. */
  static CpuInfo parse(String text) {
    int logical = 0;
    Optional<String> model = Optional.empty();
    Set<String> cores = new HashSet<>();
    for (String block : BLANK_LINES.split(text)) {
      Map<String, String> fields = fields(block);
      if (model.isEmpty()) {
        model = model(fields);
      }
      if (fields.containsKey("processor")) {
        logical++;
        if (fields.containsKey("core id")) {
          cores.add(fields.get("physical id") + "/" + fields.get("core id"));
        }
      }
    }
    OptionalInt logicalCores = logical == 0 ? OptionalInt.empty() : OptionalInt.of(logical);
    return new CpuInfo(model, logicalCores, distinct(cores));
  }

  private static OptionalInt distinct(Set<String> cores) {
    return cores.isEmpty() ? OptionalInt.empty() : OptionalInt.of(cores.size());
  }

  private static Map<String, String> fields(String block) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String line : block.lines().toList()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        fields.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
      }
    }
    return fields;
  }

  private static Optional<String> model(Map<String, String> fields) {
    for (String key : List.of("model name", "cpu model", "Model", "Hardware", "uarch")) {
      String value = fields.get(key);
      if (value != null && !value.isEmpty()) {
        return Optional.of(value.replaceAll("\\s+", " "));
      }
    }
    String implementer = fields.get("CPU implementer");
    String part = fields.get("CPU part");
    if (implementer == null || part == null) {
      return Optional.empty();
    }
    String known = implementer.equals("0x41") ? ARM_PARTS.get(part) : null;
    return Optional.of(
        (known == null ? "" : known + " ")
            + "(implementer "
            + implementer
            + ", part "
            + part
            + ")");
  }
}
