package io.mooseng.bench.core.target;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.model.OperationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** Opens the driver of a target URI through the providers on the class path. */
public final class Targets {

  private Targets() {}

  /**
   * Opens a driver.
   *
   * @throws ConfigurationException if no provider accepts the URI
   * @throws OperationException as {@link TargetProvider#open}
   */
  public static TargetDriver open(String uriText, TargetOptions options) throws OperationException {
    URI uri = parse(uriText);
    return providerOf(uriText, uri).open(uri, options);
  }

  /**
   * Refuses a URI that no provider accepts, without opening anything.
   *
   * @throws ConfigurationException naming the URI and what is accepted
   */
  public static void requireAccepted(String uriText) {
    providerOf(uriText, parse(uriText));
  }

  private static URI parse(String uriText) {
    try {
      return new URI(uriText);
    } catch (URISyntaxException e) {
      throw notAccepted(uriText);
    }
  }

  private static TargetProvider providerOf(String uriText, URI uri) {
    return providers().stream()
        .filter(provider -> uri.getScheme() != null && provider.accepts(uri))
        .findFirst()
        .orElseThrow(() -> notAccepted(uriText));
  }

  private static ConfigurationException notAccepted(String uriText) {
    return new ConfigurationException(
        "--target %s: accepted: embedded, %s"
            .formatted(
                uriText,
                providers().stream()
                    .map(TargetProvider::accepted)
                    .collect(Collectors.joining(", "))));
  }

  private static List<TargetProvider> providers() {
    return ServiceLoader.load(TargetProvider.class, Targets.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }
}
