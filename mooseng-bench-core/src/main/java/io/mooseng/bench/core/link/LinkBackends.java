package io.mooseng.bench.core.link;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.link.profile.LinkEffect;
import io.mooseng.bench.core.link.profile.LinkPath;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;

/** The backends there are, those that model less first. */
public final class LinkBackends {

  /** Leaves the choice to the program. */
  public static final String AUTO = "auto";

  private final List<LinkBackend> backends;

  LinkBackends(List<LinkBackend> backends) {
    this.backends =
        backends.stream()
            .sorted(
                Comparator.<LinkBackend>comparingInt(backend -> backend.claims().modelled().size())
                    .thenComparing(LinkBackend::name))
            .toList();
  }

  /** All that are on the class path. */
  public static LinkBackends load() {
    return new LinkBackends(
        ServiceLoader.load(LinkBackend.class, LinkBackends.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .toList());
  }

  public List<LinkBackend> all() {
    return backends;
  }

  /** What {@code --backend} accepts. */
  public List<String> names() {
    return backends.stream().map(LinkBackend::name).toList();
  }

  /** The backend with this name, if there is one. */
  public Optional<LinkBackend> named(String name) {
    return backends.stream().filter(backend -> backend.name().equals(name)).findFirst();
  }

  /**
   * The backend for a path: the one asked for, or the first that can model it and works here.
   *
   * @param name {@value #AUTO} or a backend
   * @throws ConfigurationException if the name is unknown, or the backend does not model what the
   *     path asks for; in one line that says what would
   * @throws BackendUnavailableException if it does not work here; in one line that says how to get
   *     it
   */
  public LinkBackend choose(String name, LinkPath path) throws BackendUnavailableException {
    if (name.equals(AUTO)) {
      return auto(path);
    }
    LinkBackend backend =
        named(name)
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        "--backend %s: accepted: %s, %s"
                            .formatted(name, AUTO, String.join(", ", names()))));
    refusal(backend, path)
        .ifPresent(
            line -> {
              throw new ConfigurationException(line);
            });
    if (backend.obstacle().isPresent()) {
      throw new BackendUnavailableException(backend.name(), backend.obstacle().get());
    }
    return backend;
  }

  private LinkBackend auto(LinkPath path) throws BackendUnavailableException {
    List<LinkBackend> able =
        backends.stream().filter(backend -> refusal(backend, path).isEmpty()).toList();
    if (able.isEmpty()) {
      throw new ConfigurationException(
          "--network %s: no backend models %s; accepted: a profile without"
              .formatted(path.name(), labels(path.effects())));
    }
    for (LinkBackend backend : able) {
      if (backend.obstacle().isEmpty()) {
        return backend;
      }
    }
    LinkBackend first = able.get(0);
    throw new BackendUnavailableException(first.name(), first.obstacle().get());
  }

  /** Why {@code backend} cannot be used for {@code path}, in one line; empty if it can. */
  public Optional<String> refusal(LinkBackend backend, LinkPath path) {
    return path.effects().stream()
        .filter(effect -> !backend.claims().modelled().contains(effect))
        .findFirst()
        .map(
            effect ->
                "--network %s with --backend %s: it does not model %s: %s; accepted: %s"
                    .formatted(
                        path.name(),
                        backend.name(),
                        effect.label(),
                        backend.claims().notModelled().get(effect),
                        instead(effect)));
  }

  /** What would work for who needs {@code effect}, for the end of a message. */
  public String instead(LinkEffect effect) {
    String able =
        backends.stream()
            .filter(backend -> backend.claims().modelled().contains(effect))
            .map(backend -> "--backend " + backend.name())
            .collect(Collectors.joining(" or "));
    return able.isEmpty() ? "conditions without " + effect.label() : able;
  }

  private static String labels(Set<LinkEffect> effects) {
    return effects.stream().map(LinkEffect::label).collect(Collectors.joining(", "));
  }
}
