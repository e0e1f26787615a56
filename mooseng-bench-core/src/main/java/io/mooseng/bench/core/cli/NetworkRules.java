package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.config.RunSettings;
import io.mooseng.bench.core.config.SettingKey;
import io.mooseng.bench.core.link.BackendUnavailableException;
import io.mooseng.bench.core.link.LinkBackend;
import io.mooseng.bench.core.link.LinkBackends;
import io.mooseng.bench.core.link.profile.LinkPath;
import io.mooseng.bench.core.link.profile.Networks;
import io.mooseng.bench.core.plan.LinkChoice;
import io.mooseng.bench.core.plan.Plan;
import io.mooseng.bench.core.target.UnavailableException;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;

/** Which network a run emulates, with which backend, and what must be so before it may. */
final class NetworkRules {

  /** What a benchmark asks for that says no more than a round-trip time. */
  private static final LinkPath DELAY_ALONE = LinkChoice.pathOf(Duration.ofMillis(1));

  private final RunSettings settings;
  private final LinkChoice choice;

  private NetworkRules(RunSettings settings, LinkChoice choice) {
    this.settings = settings;
    this.choice = choice;
  }

  /**
   * Reads the file the settings name, if they do, and chooses the backend.
   *
   * @throws ConfigurationException in one line, if something is not accepted
   * @throws UnavailableException in one line, if a backend does not work here
   */
  static NetworkRules of(RunSettings settings) {
    Optional<LinkPath> path =
        settings.link().network().map(new Networks(SettingKey.NETWORK.option())::path);
    LinkBackends backends = LinkBackends.load();
    String name = settings.link().backend().orElse(LinkBackends.AUTO);
    try {
      LinkBackend backend = backends.choose(name, path.orElse(DELAY_ALONE));
      return new NetworkRules(settings, new LinkChoice(path, backend, backends));
    } catch (BackendUnavailableException e) {
      throw new UnavailableException(e.getMessage(), e);
    }
  }

  LinkChoice choice() {
    return choice;
  }

  /**
   * Brings the program to where clients of the network have to be, if the plan has one. It may be
   * started again there: then this does not return.
   *
   * @throws UnavailableException in one line, if that is not possible
   */
  void enter(Plan plan) {
    if (plan.cells().stream().allMatch(cell -> cell.network().isEmpty())) {
      return;
    }
    try {
      choice.backend().enter("%06x".formatted(new SecureRandom().nextInt(1 << 24)));
    } catch (IOException e) {
      throw new UnavailableException(
          "--backend %s: %s".formatted(choice.backend().name(), e.getMessage()), e);
    }
  }

  /**
   * The plan, if something in it uses what the user asked for.
   *
   * @throws ConfigurationException in one line
   */
  Plan checked(Plan plan) {
    boolean used = plan.cells().stream().anyMatch(cell -> cell.network().isPresent());
    if (!used && settings.link().network().isPresent()) {
      throw new ConfigurationException(
          "--network %s: no selected benchmark reaches its target over a network"
              .formatted(settings.link().network().get()));
    }
    if (!used && settings.link().backend().isPresent()) {
      throw new ConfigurationException(
          "--backend %s: nothing is emulated; accepted with --network, or a benchmark with the"
                  .formatted(settings.link().backend().get())
              + " parameter rtt");
    }
    return plan;
  }
}
