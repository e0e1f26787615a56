package io.mooseng.bench.multiregion.cluster;

import io.mooseng.bench.core.link.profile.OneWay;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures the links of a cluster over themselves: pings of a byte over an open TCP connection,
 * from where a client of one region stands to the other region.
 */
public final class LinkCheck {

  /** A link, as the end dials that is named first. */
  private record Pair(String from, String to) {}

  /**
   * Round-trip times in nanoseconds. A busy machine makes pings slower and never faster, so that
   * the least tells most of a link; unless the link itself varies.
   */
  private record Pings(double least, double median) {
    double judged(boolean jitter) {
      return jitter ? median : least;
    }
  }

  private static final int PINGS = 9;
  private static final int ROUNDS = 3;
  private static final int TIMEOUT_MILLIS = 15_000;
  private static final double SHARE = 0.02;
  private static final double LEAST_NANOS = 1e6;

  /** With jitter, the median of a few pings is no further off than this many standard errors. */
  private static final double STANDARD_ERRORS = 4;

  private final ClusterLinks links;

  private List<String> deviations = List.of();
  private final Map<String, Double> rttNanos = new LinkedHashMap<>();

  private LinkCheck(ClusterLinks links) {
    this.links = links;
  }

  /**
   * Measures all links, first all at once; one that is not as it was asked for is measured again by
   * itself, up to three times in all: the machine may have been busy.
   *
   * @throws IOException if one breaks
   */
  static LinkCheck of(ClusterLinks links) throws IOException {
    LinkCheck check = new LinkCheck(links);
    List<String> regions = links.matrix().regions();
    Map<Pair, Future<Pings>> first = new LinkedHashMap<>();
    ExecutorService threads = Executors.newCachedThreadPool(LinkCheck::thread);
    try {
      for (String from : regions) {
        for (String to : regions) {
          if (!from.equals(to)) {
            first.put(new Pair(from, to), threads.submit(() -> check.pings(from, to)));
          }
        }
      }
      List<String> deviations = new ArrayList<>();
      for (Map.Entry<Pair, Future<Pings>> link : first.entrySet()) {
        check.judge(link.getKey(), get(link.getValue())).ifPresent(deviations::add);
      }
      check.deviations = List.copyOf(deviations);
      return check;
    } finally {
      threads.shutdownNow();
    }
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "link-check");
    thread.setDaemon(true);
    return thread;
  }

  private static Pings get(Future<Pings> pings) throws IOException {
    try {
      return pings.get();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while links were measured", e);
    }
  }

  /** What is wrong with a link, if something is, also when it is measured again by itself. */
  private Optional<String> judge(Pair pair, Pings first) throws IOException {
    OneWay there = links.way(pair.from(), pair.to());
    OneWay back = links.way(pair.to(), pair.from());
    double asked = there.delay().plus(back.delay()).toNanos();
    double tolerance = tolerance(asked, there, back);
    boolean jitter = !there.jitter().isNone() || !back.jitter().isNone();
    Pings pings = first;
    double measured = pings.judged(jitter);
    for (int round = 1; round < ROUNDS && Math.abs(measured - asked) > tolerance; round++) {
      pings = pings(pair.from(), pair.to());
      measured = pings.judged(jitter);
    }
    String name = pair.from() + "-" + pair.to();
    rttNanos.put(name + ".rttMinMillis", pings.least());
    rttNanos.put(name + ".rttP50Millis", pings.median());
    return Math.abs(measured - asked) <= tolerance
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%s: round trip %.2f ms, asked for %.2f ms within %.2f ms",
                name,
                measured / 1e6,
                asked / 1e6,
                tolerance / 1e6));
  }

  /** Jitter of a size adds at most that to the standard deviation of each way. */
  static double tolerance(double askedNanos, OneWay there, OneWay back) {
    double jitter = Math.hypot(there.jitter().size().toNanos(), back.jitter().size().toNanos());
    return Math.max(LEAST_NANOS, SHARE * askedNanos) + STANDARD_ERRORS * jitter / Math.sqrt(PINGS);
  }

  private Pings pings(String from, String to) throws IOException {
    try (ServerSocket server = links.at(to, () -> new ServerSocket(0, 1, links.host(to)))) {
      server.setSoTimeout(TIMEOUT_MILLIS);
      Thread echo = new Thread(() -> echo(server), "link-check");
      echo.setDaemon(true);
      echo.start();
      try (Socket socket = new Socket()) {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        var local = links.clientHost(from);
        if (local.isPresent()) {
          socket.bind(new InetSocketAddress(local.get(), 0));
        }
        InetSocketAddress far = new InetSocketAddress(links.host(to), server.getLocalPort());
        socket.connect(links.reach(from, to, far), TIMEOUT_MILLIS);
        ping(socket);
        double[] nanos = new double[PINGS];
        for (int i = 0; i < PINGS; i++) {
          nanos[i] = ping(socket);
        }
        Arrays.sort(nanos);
        return new Pings(nanos[0], nanos[PINGS / 2]);
      }
    }
  }

  private static long ping(Socket socket) throws IOException {
    long start = System.nanoTime();
    socket.getOutputStream().write(1);
    if (socket.getInputStream().read() != 1) {
      throw new IOException("the connection over the link ended");
    }
    return System.nanoTime() - start;
  }

  private static void echo(ServerSocket server) {
    try (Socket socket = server.accept()) {
      socket.setTcpNoDelay(true);
      for (int read = socket.getInputStream().read(); read >= 0; ) {
        socket.getOutputStream().write(read);
        read = socket.getInputStream().read();
      }
    } catch (IOException e) {
      // The other end has said what was wrong, or is done.
    }
  }

  /** What is not as it was asked for, one line for each such link. */
  public List<String> deviations() {
    return deviations;
  }

  /** Least and median round-trip time of each link in milliseconds, by the names of its ends. */
  public Map<String, Object> measured() {
    Map<String, Object> measured = new LinkedHashMap<>();
    rttNanos.forEach((link, nanos) -> measured.put(link, Math.round(nanos / 1e3) / 1e3));
    return measured;
  }
}
