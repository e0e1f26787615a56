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

/**
 * Measures the links of a cluster over themselves: pings of a byte over an open TCP connection,
 * from where a client of one region stands to the other region.
 */
public final class LinkCheck {

  private static final int PINGS = 9;
  private static final int ROUNDS = 3;
  private static final int TIMEOUT_MILLIS = 15_000;
  private static final double SHARE = 0.02;
  private static final double LEAST_NANOS = 1e6;

  /** With jitter, the median of a few pings is no further off than this many standard errors. */
  private static final double STANDARD_ERRORS = 4;

  private final ClusterLinks links;

  private final Map<String, Double> rttNanos = new LinkedHashMap<>();

  private LinkCheck(ClusterLinks links) {
    this.links = links;
  }

  /**
   * Measures all links; one that is not as it was asked for is measured again, up to three times in
   * all: the machine may have been busy.
   *
   * @throws IOException if one breaks, or one line for all that are not as they were asked for
   */
  static LinkCheck of(ClusterLinks links) throws IOException {
    LinkCheck check = new LinkCheck(links);
    List<String> deviations = new ArrayList<>();
    List<String> regions = links.matrix().regions();
    for (String from : regions) {
      for (String to : regions) {
        if (!from.equals(to)) {
          check.measure(from, to, deviations);
        }
      }
    }
    if (!deviations.isEmpty()) {
      throw new LinksNotAsAskedException(String.join("; ", deviations));
    }
    return check;
  }

  private void measure(String from, String to, List<String> deviations) throws IOException {
    OneWay there = links.way(from, to);
    OneWay back = links.way(to, from);
    double asked = there.delay().plus(back.delay()).toNanos();
    double tolerance = tolerance(asked, there, back);
    double measured = Double.NaN;
    for (int round = 0; round < ROUNDS; round++) {
      measured = pings(from, to);
      rttNanos.put(from + "-" + to, measured);
      if (Math.abs(measured - asked) <= tolerance) {
        return;
      }
    }
    deviations.add(
        String.format(
            Locale.ROOT,
            "%s-%s: round trip %.2f ms, asked for %.2f ms within %.2f ms",
            from,
            to,
            measured / 1e6,
            asked / 1e6,
            tolerance / 1e6));
  }

  /** Jitter of a size adds at most that to the standard deviation of each way. */
  static double tolerance(double askedNanos, OneWay there, OneWay back) {
    double jitter = Math.hypot(there.jitter().size().toNanos(), back.jitter().size().toNanos());
    return Math.max(LEAST_NANOS, SHARE * askedNanos) + STANDARD_ERRORS * jitter / Math.sqrt(PINGS);
  }

  /** The median, in nanoseconds. */
  private double pings(String from, String to) throws IOException {
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
        return nanos[PINGS / 2];
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

  /** Median round-trip time of each link in milliseconds, by the names of its ends. */
  public Map<String, Object> measured() {
    Map<String, Object> measured = new LinkedHashMap<>();
    rttNanos.forEach(
        (link, nanos) -> measured.put(link + ".rttP50Millis", Math.round(nanos / 1e3) / 1e3));
    return measured;
  }
}
