package io.mooseng.bench.core.target;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mooseng.bench.core.process.ProcessIdentity;
import io.mooseng.bench.core.process.ProcessSpace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * Which run made a directory on a target: the content of the marker file in it, as JSON.
 *
 * @param runId of the run directory
 * @param host name of the machine, for people
 * @param processSpace within what {@code pid} means something; see {@link ProcessSpace}
 * @param pid of the run
 * @param processStartMillis when that process started, milliseconds since 1970
 * @param processStartTicks when it started, in clock ticks since the boot; null if that is unknown,
 *     as in markers of earlier versions
 * @param createdAt ISO 8601, UTC
 * @param program name and version of the program
 * @param keep whether the user wants the directory to stay: then no other run removes it
 */
public record RunMarker(
    String runId,
    String host,
    String processSpace,
    long pid,
    long processStartMillis,
    @JsonInclude(JsonInclude.Include.NON_NULL) Long processStartTicks,
    String createdAt,
    String program,
    boolean keep) {

  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");
  private static final ObjectMapper JSON = new ObjectMapper();

  public RunMarker {
    if (runId == null || processSpace == null || pid <= 0) {
      throw new IllegalArgumentException("a marker needs runId, processSpace and pid");
    }
    if (processStartTicks != null && processStartTicks < 0) {
      throw new IllegalArgumentException("processStartTicks is " + processStartTicks);
    }
  }

  /** The marker of the run that this process is. */
  public static RunMarker ofThisProcess(String runId, boolean keep) {
    return of(ProcessIdentity.current(), ProcessSpace.current(), runId, keep);
  }

  static RunMarker of(ProcessIdentity process, String processSpace, String runId, boolean keep) {
    String version = RunMarker.class.getPackage().getImplementationVersion();
    return new RunMarker(
        runId,
        hostName(),
        processSpace,
        process.pid(),
        process.start().toEpochMilli(),
        process.startTicks().isPresent() ? process.startTicks().getAsLong() : null,
        Instant.now().toString(),
        "MooseNG Bench " + (version == null ? "development build" : version),
        keep);
  }

  private static String hostName() {
    try {
      return Files.readString(HOST_NAME).strip();
    } catch (IOException e) {
      return "unknown";
    }
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IOException if it is something else
   */
  static RunMarker parse(byte[] json) throws IOException {
    RunMarker marker = JSON.readValue(json, RunMarker.class);
    if (marker == null) {
      throw new IOException("it is null");
    }
    return marker;
  }

  byte[] toJson() {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a record of texts and numbers is always JSON", e);
    }
  }

  /** Whether the run was on this machine, since it booted, is gone, and meant to leave nothing. */
  @JsonIgnore
  boolean isAbandoned() {
    return !keep && processSpace.equals(ProcessSpace.current()) && !process().isAlive();
  }

  private ProcessIdentity process() {
    return new ProcessIdentity(
        pid,
        Instant.ofEpochMilli(processStartMillis),
        processStartTicks == null ? OptionalLong.empty() : OptionalLong.of(processStartTicks));
  }

  /** Whether both are of one run. */
  boolean isOfSameRunAs(RunMarker other) {
    return runId.equals(other.runId);
  }
}
