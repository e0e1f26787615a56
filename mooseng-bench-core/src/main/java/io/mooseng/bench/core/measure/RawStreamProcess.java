package io.mooseng.bench.core.measure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A {@link RawStreamPeer} in a JVM of its own, which ends with this one: its standard input is a
 * pipe that this JVM holds the only end of.
 */
public final class RawStreamProcess implements AutoCloseable {

  private final Process process;
  private final InetSocketAddress address;

  private RawStreamProcess(Process process, InetSocketAddress address) {
    this.process = process;
    this.address = address;
  }

  /** Starts the peer and waits until it listens. */
  public static RawStreamProcess start() throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    RawStreamPeer.class.getName()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String port = output.readLine();
    if (port == null) {
      process.destroyForcibly();
      throw new IOException("the raw stream's other side did not start");
    }
    return new RawStreamProcess(
        process, new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port)));
  }

  /** Where to {@link RawStream#connect}. */
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
