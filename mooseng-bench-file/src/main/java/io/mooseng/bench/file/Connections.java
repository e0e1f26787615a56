package io.mooseng.bench.file;

import io.mooseng.bench.core.target.ConnectionSetting;
import io.mooseng.bench.core.target.ConnectionSettings;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** How a benchmark's client connects and calls; targets without sockets ignore all of it. */
@State(Scope.Benchmark)
public class Connections {

  /** Connections to each server. */
  @Param("1")
  public String channels;

  /** Most calls at once on a connection; more wait in the client (stage {@code queue}). */
  @Param("unlimited")
  public String streamsPerChannel;

  /** Bytes a server may send ahead; {@code auto} is gRPC's estimate of what the path holds. */
  @Param("8MB")
  public String flowControlWindow;

  /** Longest time of one call. */
  @Param("30s")
  public String deadline;

  /** Most times a call that changes nothing is made again when the target is unavailable. */
  @Param("0")
  public String retries;

  /** From a failure until a call is made again; doubles with each time. */
  @Param("10ms")
  public String backOff;

  /** Whether calls wait for a broken connection instead of failing at once. */
  @Param("false")
  public String waitForReady;

  ConnectionSettings settings() {
    return ConnectionSettings.defaults()
        .with(ConnectionSetting.CHANNELS, channels)
        .with(ConnectionSetting.STREAMS_PER_CHANNEL, streamsPerChannel)
        .with(ConnectionSetting.FLOW_CONTROL_WINDOW, flowControlWindow)
        .with(ConnectionSetting.DEADLINE, deadline)
        .with(ConnectionSetting.RETRIES, retries)
        .with(ConnectionSetting.BACK_OFF, backOff)
        .with(ConnectionSetting.WAIT_FOR_READY, waitForReady);
  }
}
