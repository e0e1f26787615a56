package io.mooseng.bench.core.target;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.config.RunSettings;
import io.mooseng.bench.core.config.TargetMode;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.model.OperationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Decides what answers a run: walks the chain live → embedded → simulated once, before anything is
 * measured, and only as far as the mode allows.
 */
public final class TargetResolver {

  private static final String SIMULATED_LABEL = "simulated";

  private final RunSettings settings;
  private final TargetOptions options;
  private final EmbeddedCheck embedded;
  private final Consumer<String> announcements;

  /** Makes sure that the embedded server can run here. */
  @FunctionalInterface
  public interface EmbeddedCheck {
    void run() throws OperationException;
  }

  /**
   * @param embedded starts the embedded server and ends it again
   * @param announcements hears every step down the chain, one line each
   */
  public TargetResolver(
      RunSettings settings,
      TargetOptions options,
      EmbeddedCheck embedded,
      Consumer<String> announcements) {
    this.settings = settings;
    this.options = options;
    this.embedded = embedded;
    this.announcements = announcements;
  }

  /**
   * What the settings ask for, if all of it is there. Contacts nothing.
   *
   * @throws ConfigurationException if a target's URI is not accepted
   */
  public static List<ResolvedTarget> asked(RunSettings settings) {
    if (settings.mode() == TargetMode.SIMULATED) {
      settings.targets().forEach(TargetResolver::requireAccepted);
      return List.of(simulated(SIMULATED_LABEL, Optional.empty()));
    }
    if (settings.targets().isEmpty()) {
      return List.of(embedded(RunSettings.EMBEDDED, Optional.empty()));
    }
    List<ResolvedTarget> targets = new ArrayList<>();
    for (String uri : settings.targets()) {
      requireAccepted(uri);
      ResolvedTarget target = asked(uri, "t" + (targets.size() + 1));
      if (targets.stream().anyMatch(known -> known.label().equals(target.label()))) {
        throw new ConfigurationException("--target " + uri + ": given twice");
      }
      targets.add(target);
    }
    return targets;
  }

  private static ResolvedTarget asked(String uri, String label) {
    if (uri.equals(RunSettings.EMBEDDED)) {
      return embedded(RunSettings.EMBEDDED, Optional.empty());
    }
    boolean memory = ResolvedTarget.isOfScheme(uri, "memory");
    Fidelity fidelity = memory ? Fidelity.CONTROL : Fidelity.LIVE;
    return new ResolvedTarget(label, fidelity, Optional.of(uri), Optional.empty());
  }

  private static void requireAccepted(String uri) {
    if (!uri.equals(RunSettings.EMBEDDED)) {
      Targets.requireAccepted(uri);
    }
  }

  /**
   * What really answers.
   *
   * @throws ConfigurationException if a target is not usable as it was named
   * @throws UnavailableException if a target cannot be reached and the mode allows no other
   */
  public List<ResolvedTarget> resolve() {
    List<ResolvedTarget> resolved = new ArrayList<>();
    for (ResolvedTarget target : asked(settings)) {
      resolved.add(settings.mode() == TargetMode.AUTO ? best(target) : exactly(target));
    }
    return resolved;
  }

  private ResolvedTarget exactly(ResolvedTarget target) {
    try {
      reach(target);
      return target;
    } catch (OperationException e) {
      if (e.kind() == FailureKind.INVALID) {
        throw new ConfigurationException(naming(target, e));
      }
      throw new UnavailableException(naming(target, e), e);
    }
  }

  private ResolvedTarget best(ResolvedTarget target) {
    try {
      reach(target);
      return target;
    } catch (OperationException e) {
      if (target.fidelity() == Fidelity.EMBEDDED) {
        return toSimulated(target, reason(target, e));
      }
      return toEmbedded(target, reason(target, e));
    }
  }

  private ResolvedTarget toEmbedded(ResolvedTarget target, String reason) {
    announce(target, reason, Fidelity.EMBEDDED);
    try {
      embedded.run();
      return embedded(target.label(), Optional.of(reason));
    } catch (OperationException e) {
      return toSimulated(target, reason + "; " + e.getMessage());
    }
  }

  private ResolvedTarget toSimulated(ResolvedTarget target, String reason) {
    announce(target, reason, Fidelity.SIMULATED);
    return simulated(target.label(), Optional.of(reason));
  }

  private void announce(ResolvedTarget target, String reason, Fidelity next) {
    announcements.accept(
        "FALLING BACK: target %s (%s) is not available: %s. Its rows will be %s."
            .formatted(
                target.label(),
                target.uri().orElse(RunSettings.EMBEDDED),
                withoutName(target, reason),
                next.label().toUpperCase(Locale.ROOT)));
  }

  private void reach(ResolvedTarget target) throws OperationException {
    switch (target.fidelity()) {
      case LIVE, CONTROL -> Targets.open(target.uri().orElseThrow(), options).close();
      case EMBEDDED -> {
        if (settings.mode() == TargetMode.AUTO) {
          embedded.run();
        }
      }
      case SIMULATED -> {}
    }
  }

  private static String naming(ResolvedTarget target, OperationException e) {
    return "--target "
        + target.uri().orElse(target.label())
        + ": "
        + withoutName(target, reason(target, e));
  }

  /** A reason that begins with the address, for a line that has named it already. */
  private static String withoutName(ResolvedTarget target, String reason) {
    String name = target.uri().orElse(target.label()).replaceFirst("/$", "") + ": ";
    return reason.startsWith(name) ? reason.substring(name.length()) : reason;
  }

  /** Some drivers begin with the target's name, and so does every line made here. */
  private static String reason(ResolvedTarget target, OperationException e) {
    String message = String.valueOf(e.getMessage());
    String name = "target " + target.uri().orElse(target.label()) + ": ";
    return message.startsWith(name) ? message.substring(name.length()) : message;
  }

  private static ResolvedTarget embedded(String label, Optional<String> reason) {
    return new ResolvedTarget(label, Fidelity.EMBEDDED, Optional.empty(), reason);
  }

  private static ResolvedTarget simulated(String label, Optional<String> reason) {
    return new ResolvedTarget(label, Fidelity.SIMULATED, Optional.empty(), reason);
  }
}
