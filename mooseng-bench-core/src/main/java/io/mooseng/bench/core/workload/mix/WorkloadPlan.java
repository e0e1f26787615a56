package io.mooseng.bench.core.workload.mix;

import io.mooseng.bench.core.config.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A workload for a number of clients: what has to exist before, and what each client does then. A
 * function of workload, seed and number of clients. Immutable; safe for use by any number of
 * threads.
 */
public final class WorkloadPlan {

  private static final int MOST_CLIENTS = 1_000_000;

  private final Workload workload;
  private final long seed;
  private final int clients;
  private final SizeDistribution.Sampler sizes;

  /** Empty unless files are shared; then one copy serves all clients. */
  private final List<FileEntry> sharedFiles;

  /**
   * @param seed the same one gives the same plan on every machine
   * @throws ConfigurationException if there are too many clients for the files, or none
   */
  public WorkloadPlan(Workload workload, long seed, int clients) {
    this.workload = workload;
    this.seed = seed;
    this.clients = clients;
    this.sizes = workload.sizes().sampler();
    PopulationShape shape = workload.population();
    int most = shape.shared() ? MOST_CLIENTS : Math.min(MOST_CLIENTS, shape.files());
    if (clients < 1 || clients > most) {
      throw new ConfigurationException(
          "workload '%s' with %d clients: accepted: from 1 to %d%s"
              .formatted(workload.name(), clients, most, shape.shared() ? "" : ", one file each"));
    }
    this.sharedFiles = shape.shared() ? List.copyOf(initialEntries(0)) : List.of();
  }

  public Workload workload() {
    return workload;
  }

  public long seed() {
    return seed;
  }

  public int clients() {
    return clients;
  }

  /**
   * Every directory to create before the files, each after the one it lies in; relative to the
   * directory of the run.
   */
  public Stream<String> directories() {
    return IntStream.range(0, owners())
        .boxed()
        .flatMap(owner -> filesOf(owner).tree().directories());
  }

  /**
   * The files to write before the first operation that fall to one client. Shared files fall to the
   * clients in turn.
   */
  public Stream<InitialFile> initialFiles(int client) {
    requireClient(client);
    ClientFiles files = filesOf(ownerFor(client));
    int first = workload.population().shared() ? client : 0;
    int step = workload.population().shared() ? clients : 1;
    return LongStream.iterate(first, serial -> serial < share(ownerFor(client)), s -> s + step)
        .mapToObj(serial -> files.file(serial, initialSize(ownerFor(client), serial)))
        .map(
            file -> new InitialFile(file.id, files.directory(file) + "/" + file.name(), file.size));
  }

  /** Bytes of all initial files together. */
  public long initialBytes() {
    return LongStream.range(0, workload.population().files())
        .map(index -> initialSize(sizes, seed, index))
        .sum();
  }

  /** A new stream of the operations of one client, which assumes its initial files to exist. */
  public OperationStream stream(int client) {
    requireClient(client);
    ClientFiles files = filesOf(ownerFor(client));
    if (workload.population().shared()) {
      // Clients that walk through the same files begin evenly apart.
      long first = (long) sharedFiles.size() * client / clients;
      return new OperationStream(this, client, files, Population.shared(sharedFiles), first);
    }
    Population population = Population.own();
    initialEntries(client).forEach(population::add);
    files.skip(population.size());
    return new OperationStream(this, client, files, population, 0);
  }

  private List<FileEntry> initialEntries(int owner) {
    ClientFiles files = filesOf(owner);
    List<FileEntry> entries = new ArrayList<>();
    for (long serial = 0; serial < share(owner); serial++) {
      entries.add(files.file(serial, initialSize(owner, serial)));
    }
    return entries;
  }

  /**
   * Depends on the place of the file among all, so that any number of clients has the same data.
   */
  private long initialSize(int owner, long serial) {
    return initialSize(sizes, seed, serial * owners() + owner);
  }

  /** The size of the file with this place among all. */
  static long initialSize(SizeDistribution.Sampler sizes, long seed, long index) {
    return sizes.next(Purpose.INITIAL_SIZE.random(seed, index));
  }

  private ClientFiles filesOf(int owner) {
    PopulationShape shape = workload.population();
    int perDirectory = shape.filesPerDirectory();
    int leaves = (share(owner) + perDirectory - 1) / perDirectory;
    String root = shape.shared() ? "shared" : "c" + owner;
    return new ClientFiles(owner, DirectoryTree.of(root, leaves, shape.depth()));
  }

  /** How many own files: one for all if files are shared, else one per client. */
  private int owners() {
    return workload.population().shared() ? 1 : clients;
  }

  private int ownerFor(int client) {
    return workload.population().shared() ? 0 : client;
  }

  /** How many of the initial files are an owner's. */
  private int share(int owner) {
    int files = workload.population().files();
    return files / owners() + (owner < files % owners() ? 1 : 0);
  }

  private void requireClient(int client) {
    if (client < 0 || client >= clients) {
      throw new IllegalArgumentException(
          "client %d; accepted: from 0 to %d".formatted(client, clients - 1));
    }
  }
}
