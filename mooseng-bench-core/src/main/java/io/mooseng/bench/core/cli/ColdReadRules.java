package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.config.RunSettings;
import io.mooseng.bench.core.config.SettingKey;
import io.mooseng.bench.core.machine.PageCache;
import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.plan.Cell;
import io.mooseng.bench.core.plan.Plan;
import io.mooseng.bench.core.target.ResolvedTarget;
import io.mooseng.bench.core.target.UnavailableException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.OptionalInt;

/** What must be so before a run may promise cold reads. */
final class ColdReadRules {

  private static final String ASKED = "-p " + Cell.CACHE_PARAMETER + "=cold";

  private ColdReadRules() {}

  /**
   * Refuses a plan with cold reads that cannot be had.
   *
   * @param threads client threads of a fork, if the user decided
   * @throws ConfigurationException if the settings contradict it
   * @throws UnavailableException if this machine or its user cannot do it
   */
  static void check(Plan plan, RunSettings settings, OptionalInt threads, PageCache pages) {
    List<Cell> cold = plan.cells().stream().filter(Cell::readsCold).toList();
    if (cold.isEmpty()) {
      return;
    }
    if (!settings.data().dropCaches()) {
      throw new ConfigurationException(
          "%s needs %s: every cold read empties the page cache of this machine"
              .formatted(ASKED, SettingKey.DROP_CACHES.option()));
    }
    if (threads.orElse(1) != 1) {
      throw new ConfigurationException(
          "%s with -t %d: accepted: -t 1, for one thread's read fills the cache for the others"
              .formatted(ASKED, threads.getAsInt()));
    }
    cold.forEach(cell -> cell.target().ifPresent(target -> check(target, settings)));
    pages
        .whyNot()
        .ifPresent(
            why -> {
              throw new UnavailableException(why, null);
            });
  }

  private static void check(ResolvedTarget target, RunSettings settings) {
    if (target.fidelity() == Fidelity.EMBEDDED && settings.storesInMemory()) {
      throw new ConfigurationException(
          ASKED + " with --store memory: accepted: a store on a disk, which can be read cold");
    }
    String uri = target.uri().orElse("");
    if (uri.startsWith("mooseng:") && !isHere(URI.create(uri).getHost())) {
      throw new UnavailableException(
          "%s: the server of --target %s is on another machine, whose caches cannot be dropped"
              .formatted(ASKED, uri),
          null);
    }
  }

  private static boolean isHere(String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    } catch (UnknownHostException | SocketException e) {
      return false; // it will be told as unreachable, or is at least not known to be here
    }
  }
}
