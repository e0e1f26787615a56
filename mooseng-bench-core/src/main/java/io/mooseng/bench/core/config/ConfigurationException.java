package io.mooseng.bench.core.config;

/**
 * The user asked for something that cannot be: the message is one line that names the option, the
 * value and what is accepted. The program ends with exit code 2 and nothing was started.
 */
public final class ConfigurationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ConfigurationException(String message) {
    super(message);
  }
}
