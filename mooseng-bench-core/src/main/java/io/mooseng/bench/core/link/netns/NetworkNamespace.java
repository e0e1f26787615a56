package io.mooseng.bench.core.link.netns;

import io.mooseng.bench.core.link.linux.LinuxCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A network with interfaces, addresses, routes and TCP settings of its own.
 *
 * <p>Safe for use by any number of threads.
 */
public final class NetworkNamespace {

  private final String node;
  private final String name;
  private final Path file;

  NetworkNamespace(String node, String name, Path file) {
    this.node = node;
    this.name = name;
    this.file = file;
  }

  /** What it stands for in the run. */
  public String node() {
    return node;
  }

  /** As {@code ip netns list} shows it. */
  public String name() {
    return name;
  }

  Path file() {
    return file;
  }

  /**
   * Does something inside, in a thread that ends with it: every socket and device that is opened
   * there, and every process that is started there, is of this namespace for good.
   *
   * @throws IOException what {@code task} threw, or that the namespace cannot be entered
   */
  public <T> T call(Callable<T> task) throws IOException {
    FutureTask<T> inside =
        new FutureTask<>(
            () -> {
              LinuxCalls.enterNetwork(file.toString());
              return task.call();
            });
    Thread thread = new Thread(inside, "in-" + node);
    thread.setDaemon(true);
    thread.start();
    try {
      return inside.get();
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    } catch (InterruptedException | CancellationException e) {
      inside.cancel(true);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted in the network namespace of " + node, e);
    }
  }

  private static IOException rethrown(Throwable cause) {
    if (cause instanceof IOException e) {
      return e;
    }
    if (cause instanceof RuntimeException e) {
      throw e;
    }
    if (cause instanceof Error e) {
      throw e;
    }
    return new IOException(cause.getMessage(), cause);
  }

  /**
   * Sets a parameter of the kernel, of this namespace alone.
   *
   * @param key below {@code net}, with slashes, such as {@code ipv4/tcp_congestion_control}
   */
  public void setting(String key, String value) throws IOException {
    call(() -> Files.writeString(settingFile(key), value));
  }

  /** A parameter of the kernel as it is in this namespace. */
  public String setting(String key) throws IOException {
    return call(() -> Files.readString(settingFile(key)).strip());
  }

  private static Path settingFile(String key) {
    return Path.of("/proc/sys/net").resolve(key);
  }
}
