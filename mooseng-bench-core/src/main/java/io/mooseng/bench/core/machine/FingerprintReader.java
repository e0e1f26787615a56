package io.mooseng.bench.core.machine;

import io.mooseng.bench.core.model.ByteSize;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes the {@link Fingerprint} of a machine. Reads only; takes a few milliseconds. */
public final class FingerprintReader {

  private static final Pattern PRETTY_NAME = Pattern.compile("(?m)^PRETTY_NAME=\"?([^\"\\n]*)\"?");
  private static final Pattern SELECTED = Pattern.compile("\\[(\\w+)]");

  private final SystemFiles files;
  private final LibraryVersions libraries;

  FingerprintReader(SystemFiles files, LibraryVersions libraries) {
    this.files = Objects.requireNonNull(files);
    this.libraries = Objects.requireNonNull(libraries);
  }

  /** A reader of the machine this program runs on. */
  public static FingerprintReader ofThisMachine() {
    return new FingerprintReader(SystemFiles.ofThisMachine(), LibraryVersions.ofThisProgram());
  }

  /**
   * Takes the fingerprint of a run.
   *
   * @param jvm the settings of the forks that measure, or {@link JvmSettings#ofThisJvm()}
   * @param directory whose disk the run uses; it need not exist yet
   * @param workloadHash identifies what is run; {@link Fingerprint#NONE} if nothing is
   */
  public Fingerprint read(JvmSettings jvm, Path directory, String workloadHash) {
    return new Fingerprint(hard(jvm, workloadHash), soft(directory));
  }

  private SortedMap<String, String> hard(JvmSettings jvm, String workloadHash) {
    CpuInfo cpu = CpuInfo.read(files);
    SortedMap<String, String> fields = new TreeMap<>();
    fields.put("cpu.model", orNone(cpu.model()));
    fields.put("cpu.cores.logical", orNone(cpu.logicalCores()));
    fields.put("cpu.cores.physical", orNone(cpu.physicalCores()));
    fields.put("cpu.cores.available", String.valueOf(Runtime.getRuntime().availableProcessors()));
    fields.put(
        "memory",
        orNone(
            files
                .read("/proc/meminfo")
                .flatMap(MemoryInfo::total)
                .map(MemoryInfo::rounded)
                .map(ByteSize::toString)));
    fields.put("kernel", orNone(files.read("/proc/sys/kernel/osrelease")));
    fields.put("jdk.vendor", property("java.vendor"));
    fields.put("jdk.version", property("java.runtime.version"));
    fields.put("jvm.flags", orNone(Optional.of(String.join(" ", jvm.flags()))));
    fields.put("gc", jvm.collector());
    fields.put("workload.hash", workloadHash);
    return fields;
  }

  private SortedMap<String, String> soft(Path directory) {
    CgroupLimits limits = CgroupLimits.read(files);
    CpuPower power = CpuPower.read(files);
    DiskInfo disk = DiskInfo.read(files, directory);
    SortedMap<String, String> fields = new TreeMap<>();
    fields.put("harness.version", libraries.harness());
    fields.put("harness.commit", libraries.commit());
    fields.put("jmh.version", libraries.jmh());
    fields.put("grpc.version", libraries.grpc());
    fields.put("netty.version", libraries.netty());
    fields.put("protobuf.version", libraries.protobuf());
    fields.put(
        "os", orNone(files.read("/etc/os-release").flatMap(text -> first(PRETTY_NAME, text))));
    fields.put(
        "container.cpus",
        orNone(limits.cpus().map(cpus -> String.format(Locale.ROOT, "%.2f", cpus))));
    fields.put("container.memory", orNone(limits.memory().map(ByteSize::toString)));
    fields.put(
        "tcp.congestion-control", orNone(files.read("/proc/sys/net/ipv4/tcp_congestion_control")));
    fields.put("cpu.governor", orNone(power.governor()));
    fields.put("cpu.turbo", orNone(power.turbo()));
    fields.put(
        "memory.transparent-huge-pages",
        orNone(
            files
                .read("/sys/kernel/mm/transparent_hugepage/enabled")
                .flatMap(text -> first(SELECTED, text))));
    fields.put("disk.mount", orNone(disk.mountPoint()));
    fields.put("disk.file-system", orNone(disk.fileSystem()));
    fields.put("disk.device", orNone(disk.device()));
    fields.put("disk.model", orNone(disk.model()));
    fields.put("disk.medium", orNone(disk.medium()));
    return fields;
  }

  private static Optional<String> first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static String property(String name) {
    return orNone(Optional.ofNullable(System.getProperty(name)));
  }

  private static String orNone(Optional<String> value) {
    return value.map(String::strip).filter(text -> !text.isEmpty()).orElse(Fingerprint.NONE);
  }

  private static String orNone(OptionalInt value) {
    return value.isPresent() ? String.valueOf(value.getAsInt()) : Fingerprint.NONE;
  }
}
