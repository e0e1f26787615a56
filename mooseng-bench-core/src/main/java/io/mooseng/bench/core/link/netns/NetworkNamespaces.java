package io.mooseng.bench.core.link.netns;

import io.mooseng.bench.core.link.Obstacle;
import io.mooseng.bench.core.link.linux.NativeAccess;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The namespaces of one run. They go when this is closed, when the program ends, and, after {@code
 * kill -9}, by the {@link #sweep} of the next run.
 *
 * <p>Removing one takes its name away; the kernel takes it apart when nothing runs in it any more.
 * Safe for use by any number of threads.
 */
public final class NetworkNamespaces implements AutoCloseable {

  /** Where ip-netns(8) keeps them. */
  private static final Path DIRECTORY = Path.of("/run/netns");

  private static final Pattern EFFECTIVE = Pattern.compile("(?m)^CapEff:\\s*([0-9a-fA-F]{1,16})$");

  /** CAP_NET_ADMIN and CAP_SYS_ADMIN, bits 12 and 21 of include/uapi/linux/capability.h. */
  private static final long NEEDED = 1L << 12 | 1L << 21;

  private static final int REMOVAL_ATTEMPTS = 5;

  private final Tool ip;
  private final String runId;
  private final List<NetworkNamespace> open = new ArrayList<>();
  private final Thread hook = new Thread(this::removeAll, "namespaces-removal");

  private NetworkNamespaces(Tool ip, String runId) {
    this.ip = ip;
    this.runId = runId;
  }

  /** Why this user or this machine cannot make namespaces; empty if nothing is known to hinder. */
  public static Optional<Obstacle> obstacle() {
    Optional<Obstacle> calls = NativeAccess.obstacle();
    if (calls.isPresent()) {
      return calls;
    }
    if (Tool.ip().isEmpty()) {
      return Optional.of(new Obstacle("the program ip is not there", "install iproute2"));
    }
    if ((capabilities() & NEEDED) != NEEDED) {
      return Optional.of(
          new Obstacle(
              "this user may not make network namespaces",
              "run as root, or with CAP_NET_ADMIN and CAP_SYS_ADMIN"));
    }
    return Optional.empty();
  }

  private static long capabilities() {
    try {
      Matcher matcher = EFFECTIVE.matcher(Files.readString(Path.of("/proc/self/status")));
      return matcher.find() ? Long.parseUnsignedLong(matcher.group(1), 16) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /**
   * Namespaces of this process.
   *
   * @param runId short id of the run: lower-case letters and digits; part of every name
   * @throws IOException if there is an {@link #obstacle}, which it says
   */
  public static NetworkNamespaces of(String runId) throws IOException {
    Optional<Obstacle> obstacle = obstacle();
    if (obstacle.isPresent()) {
      throw new IOException(obstacle.get().missing() + "; " + obstacle.get().remedy());
    }
    NetworkNamespaces namespaces = new NetworkNamespaces(Tool.ip().orElseThrow(), runId);
    Runtime.getRuntime().addShutdownHook(namespaces.hook);
    return namespaces;
  }

  /** The tool that makes devices in them. */
  public Tool ip() {
    return ip;
  }

  /** As it was given. */
  public String runId() {
    return runId;
  }

  /**
   * Makes a namespace with nothing but a loopback interface, which is up.
   *
   * @param node what it stands for: lower-case letters, digits and dashes
   * @throws IOException in one line, if it cannot be made or its name is taken
   */
  public synchronized NetworkNamespace create(String node) throws IOException {
    NamespaceName name = NamespaceName.ofThisProcess(runId, node);
    NetworkNamespace made = named(name);
    if (Files.exists(made.file())) {
      throw new IOException(
          "the network namespace %s exists already; remove it: ip netns delete %s"
              .formatted(name, name));
    }
    ip.run("netns", "add", name.toString());
    open.add(made);
    ip.run("-n", name.toString(), "link", "set", "lo", "up");
    return made;
  }

  /**
   * Takes over a namespace that this process made before it {@linkplain #restart restarted}.
   *
   * @throws IOException if there is none
   */
  public synchronized NetworkNamespace adopt(String node) throws IOException {
    NetworkNamespace found = named(NamespaceName.ofThisProcess(runId, node));
    if (!Files.exists(found.file())) {
      throw new IOException("the network namespace " + found.name() + " is gone");
    }
    open.add(found);
    return found;
  }

  /** A namespace of a run, whichever of its processes made it; it stays theirs. */
  static Optional<NetworkNamespace> find(String runId, String node) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(DIRECTORY)) {
      for (Path entry : entries) {
        Optional<NamespaceName> name =
            NamespaceName.parse(entry.getFileName().toString())
                .filter(parsed -> parsed.runId().equals(runId) && parsed.node().equals(node));
        if (name.isPresent()) {
          return name.map(NetworkNamespaces::named);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static NetworkNamespace named(NamespaceName name) {
    return new NetworkNamespace(name.node(), name.toString(), DIRECTORY.resolve(name.toString()));
  }

  /** Removes one of them; doing it twice is not an error. */
  public synchronized void remove(NetworkNamespace namespace) throws IOException {
    for (int attempt = 1; open.contains(namespace); attempt++) {
      try {
        if (Files.exists(namespace.file())) {
          ip.run("netns", "delete", namespace.name());
        }
        open.remove(namespace);
      } catch (IOException e) {
        // Ctrl-C and the end of a run reach this process, too: then it has to be started again.
        if (attempt == REMOVAL_ATTEMPTS) {
          open.remove(namespace);
          throw e;
        }
      }
    }
  }

  /** Removes all of them. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The program is ending, and the hook has run or runs.
    }
    removeAll();
  }

  private synchronized void removeAll() {
    for (NetworkNamespace namespace : List.copyOf(open)) {
      try {
        remove(namespace);
      } catch (IOException e) {
        System.err.println("left for the next run to remove: " + e.getMessage());
      }
    }
  }

  /**
   * Removes namespaces of runs that are gone. Nothing without the name of an owner is touched, nor
   * anything whose owner lives or cannot be seen from here.
   *
   * @return the names of those removed
   * @throws IOException if one cannot be removed
   */
  public static List<String> sweep() throws IOException {
    return sweep(name -> true);
  }

  /**
   * Removes those of processes of one run that are gone; see {@link #sweep()}.
   *
   * @param runId short id of the run
   */
  public static void sweep(String runId) throws IOException {
    sweep(name -> name.runId().equals(runId));
  }

  private static List<String> sweep(Predicate<NamespaceName> which) throws IOException {
    List<String> abandoned = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(DIRECTORY)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (NamespaceName.parse(name)
            .filter(which)
            .filter(NamespaceName::isAbandoned)
            .isPresent()) {
          abandoned.add(name);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    }
    Optional<Tool> ip = Tool.ip();
    if (abandoned.isEmpty() || ip.isEmpty() || (capabilities() & NEEDED) != NEEDED) {
      return List.of();
    }
    List<String> removed = new ArrayList<>();
    for (String name : abandoned) {
      if (removed(ip.get(), name)) {
        removed.add(name);
      }
    }
    return removed;
  }

  /** Whether this process removed it: another one that starts at the same time may be faster. */
  private static boolean removed(Tool ip, String name) throws IOException {
    try {
      ip.run("netns", "delete", name);
      return true;
    } catch (IOException e) {
      if (Files.exists(DIRECTORY.resolve(name))) {
        throw e;
      }
      return false;
    }
  }
}
