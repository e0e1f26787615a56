package io.mooseng.bench.core.link.proof;

import io.mooseng.bench.core.link.EmulatedNetwork;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A proof server at the far end of a network: in this process if that is as good as any. */
final class FarEnd implements AutoCloseable {

  private static final long STOP_SECONDS = 5;

  private final InetSocketAddress address;
  private final ProofServer here;
  private final Process there;

  private FarEnd(InetSocketAddress address, ProofServer here, Process there) {
    this.address = address;
    this.here = here;
    this.there = there;
  }

  static FarEnd open(EmulatedNetwork network) throws IOException {
    if (network.serverCommand().isEmpty()) {
      ProofServer server = ProofServer.open(network.serverHost());
      return new FarEnd(server.address(), server, null);
    }
    List<String> command = new ArrayList<>(network.serverCommand());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(ProofServer.class.getName(), network.serverHost().getHostAddress()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = output.readLine();
    if (line == null || !line.startsWith(ProofServer.READY)) {
      process.destroyForcibly();
      throw new IOException("no server at the far end of the link; its start said: " + line);
    }
    int port = Integer.parseInt(line.substring(ProofServer.READY.length()));
    return new FarEnd(new InetSocketAddress(network.serverHost(), port), null, process);
  }

  InetSocketAddress address() {
    return address;
  }

  @Override
  public void close() throws IOException {
    if (here != null) {
      here.close();
      return;
    }
    there.getOutputStream().close();
    try {
      if (!there.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        there.destroyForcibly();
      }
    } catch (InterruptedException e) {
      there.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
