package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.config.MetricsAddress;
import io.mooseng.bench.core.jmh.ServerReadiness;
import io.mooseng.bench.core.process.ParentWatchdog;
import io.mooseng.bench.core.process.ProcessIdentity;
import io.mooseng.bench.core.process.ScratchDirectory;
import io.mooseng.bench.core.process.TemporaryDirectories;
import io.mooseng.bench.core.report.prometheus.MetricsServer;
import io.mooseng.bench.core.report.prometheus.ServerMetrics;
import io.mooseng.bench.core.server.MooseNgServer;
import io.mooseng.bench.core.server.namespace.NamespaceProvider;
import io.mooseng.bench.core.server.settings.ServerSettings;
import io.mooseng.bench.core.server.settings.TlsSettings;
import io.mooseng.bench.core.target.UnavailableException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code serve}: the embedded server in the foreground, until it is told to end. */
@Command(
    name = "serve",
    description = "The embedded MooseNG server in the foreground; ends with Ctrl-C.",
    mixinStandardHelpOptions = true)
final class ServeCommand {

  private static final String DEFAULT_HOST = "127.0.0.1";
  private static final int DEFAULT_PORT = 9422;

  /** The namespace of servers that make a cluster; its module provides it. */
  private static final String CLUSTER_NAMESPACE = "ratis";

  private final PrintStream out;
  private final PrintStream err;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "Address to listen on (default: " + DEFAULT_HOST + ").")
  private String givenHost;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port to listen on, 0 for any (default: " + DEFAULT_PORT + ").")
  private Integer givenPort;

  @Option(
      names = "--store",
      paramLabel = "DIR|memory",
      description = "Where chunks and names are kept (default: a fresh temporary directory).")
  private String store;

  @Option(names = "--fsync", description = "Force data to disk before it is acknowledged.")
  private boolean fsync;

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "Serve with TLS: certificate chain (PEM).")
  private Path tlsCertificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "Private key of --tls-cert (PEM, PKCS #8).")
  private Path tlsKey;

  @Option(
      names = "--tls-ca",
      paramLabel = "FILE",
      description = "Demand client certificates issued by these (PEM).")
  private Path tlsCa;

  @Option(
      names = "--region",
      paramLabel = "NAME",
      description = "Serve one region of the cluster that --cluster describes.")
  private String region;

  @Option(
      names = "--cluster",
      paramLabel = "FILE",
      description = "The regions of a cluster, the same file in each (YAML).")
  private Path cluster;

  @Option(
      names = "--metrics-port",
      paramLabel = "[HOST:]PORT",
      description = "Answer scrapes of Prometheus there, under /metrics.")
  private String metricsAddress;

  @Option(names = "--debug", description = "Show stack traces.")
  private boolean debug;

  ServeCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  ExitCode run(List<String> arguments) throws IOException {
    if (!PicocliOptions.parse(this, arguments, out)) {
      return ExitCode.OK;
    }
    if (store != null) {
      StoreDirectory.requireUsable(store);
    }
    TemporaryDirectories temporary = TemporaryDirectories.ofSystem();
    for (Path removed : temporary.sweep()) {
      err.println("removed what a killed process left behind: " + removed);
    }
    Optional<ScratchDirectory> scratch =
        store == null ? Optional.of(temporary.create("store")) : Optional.empty();
    try {
      return serve(settings(scratch), scratch);
    } finally {
      if (scratch.isPresent()) {
        scratch.get().close();
      }
    }
  }

  private ExitCode serve(ServerSettings settings, Optional<ScratchDirectory> scratch) {
    try {
      serveUntilEnd(settings, scratch);
      return ExitCode.OK;
    } catch (IOException e) {
      throw new UnavailableException(
          "the server cannot start on %s:%d: %s"
              .formatted(settings.host(), settings.port(), e.getMessage()),
          e);
    }
  }

  private ServerSettings settings(Optional<ScratchDirectory> scratch) {
    try {
      ServerSettings settings =
          StoreDirectory.MEMORY.equals(store)
              ? ServerSettings.inMemory()
              : ServerSettings.inDirectory(
                  scratch.map(ScratchDirectory::path).orElseGet(() -> Path.of(store)));
      settings = placed(settings).withFsync(fsync);
      if ((tlsCertificate == null) != (tlsKey == null)) {
        throw new ConfigurationException(
            "--tls-cert and --tls-key belong together: give both or neither");
      }
      if (tlsCertificate == null) {
        if (tlsCa != null) {
          throw new ConfigurationException("--tls-ca needs --tls-cert and --tls-key");
        }
        return settings;
      }
      return settings.withTls(new TlsSettings(tlsCertificate, tlsKey, Optional.ofNullable(tlsCa)));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(e.getMessage());
    }
  }

  private ServerSettings placed(ServerSettings settings) {
    if (region == null && cluster == null) {
      return settings.withAddress(
          givenHost == null ? DEFAULT_HOST : givenHost,
          givenPort == null ? DEFAULT_PORT : givenPort);
    }
    if (region == null || cluster == null) {
      throw new ConfigurationException(
          "--region and --cluster belong together: give both or neither");
    }
    if (givenHost != null || givenPort != null) {
      throw new ConfigurationException(
          "--host and --port are not accepted with --cluster: the file says where a region listens");
    }
    return NamespaceProvider.named(CLUSTER_NAMESPACE)
        .placed(settings.withPlace(region, 1, CLUSTER_NAMESPACE), cluster);
  }

  /** Serves until the program is told to end, or its starter is gone. */
  private void serveUntilEnd(ServerSettings settings, Optional<ScratchDirectory> scratch)
      throws IOException {
    MooseNgServer server = MooseNgServer.start(settings);
    Optional<MetricsServer> metrics;
    try {
      metrics = Optional.ofNullable(metricsAddress).map(at -> metrics(settings, server));
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
    CountDownLatch ended = new CountDownLatch(1);
    Runnable end =
        () -> {
          metrics.ifPresent(MetricsServer::close);
          close(server);
          scratch.ifPresent(this::remove);
          ended.countDown();
        };
    String starter = System.getProperty(ServerReadiness.STARTER_PROPERTY);
    if (starter != null) {
      ParentWatchdog.watch(ProcessIdentity.parse(starter), end);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(end, "end-of-service"));
    out.println(ServerReadiness.LINE + "mooseng://" + settings.host() + ":" + server.port());
    out.flush();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private MetricsServer metrics(ServerSettings settings, MooseNgServer server) {
    MetricsAddress at = MetricsAddress.parse(metricsAddress);
    ServerMetrics metrics = new ServerMetrics(settings.region(), server::state);
    MetricsServer listening = LiveMetrics.listen(at, metrics.registry());
    err.println(
        "metrics on http://" + new MetricsAddress(at.host(), listening.port()) + "/metrics");
    return listening;
  }

  private void close(MooseNgServer server) {
    try {
      server.close();
    } catch (IOException e) {
      err.println("the server did not end cleanly: " + e.getMessage());
    }
  }

  private void remove(ScratchDirectory scratch) {
    try {
      scratch.close();
    } catch (IOException e) {
      err.println("left behind: " + scratch.path() + " (" + e.getMessage() + ")");
    }
  }
}
