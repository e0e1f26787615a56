package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.history.HistoryStore;
import io.mooseng.bench.core.target.UnavailableException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code history serve}: the history as web pages, in the foreground. */
@Command(
    name = "history serve",
    description = "Shows runs and trends as web pages, until it is interrupted.",
    mixinStandardHelpOptions = true)
final class HistoryServeCommand {

  private static final int MOST_PORT = 65_535;

  private final PrintStream out;

  @Mixin private HistoryOption history = new HistoryOption();

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "Address to listen on (default: ${DEFAULT-VALUE}: this machine only).")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port to listen on; 0 takes any (default: ${DEFAULT-VALUE}).")
  private int port = 8080;

  HistoryServeCommand(PrintStream out) {
    this.out = out;
  }

  ExitCode run(List<String> arguments) throws IOException {
    if (!PicocliOptions.parse(this, arguments, out)) {
      return ExitCode.OK;
    }
    if (port < 0 || port > MOST_PORT) {
      throw new ConfigurationException("--port " + port + ": accepted: 0 to " + MOST_PORT);
    }
    HistoryStore.open(history.location(), HistoryStore.Access.READ).close();
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new ConfigurationException("--host " + host + ": no such host");
    }
    try (HistoryPages pages = HistoryPages.listen(address, history.location())) {
      out.println("History on http://" + host + ":" + pages.port() + "/  (ends with Ctrl-C)");
      out.flush();
      new CountDownLatch(1).await();
      return ExitCode.OK;
    } catch (BindException e) {
      throw new UnavailableException(
          "cannot listen on " + host + ":" + port + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      return ExitCode.OK;
    }
  }
}
