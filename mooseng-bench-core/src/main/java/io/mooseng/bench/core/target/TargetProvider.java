package io.mooseng.bench.core.target;

import io.mooseng.bench.core.model.OperationException;
import java.net.URI;

/** Opens drivers for the URIs it knows; found by {@link java.util.ServiceLoader}. */
public interface TargetProvider {

  /** Whether this provider opens such a URI; at most one provider says yes. */
  boolean accepts(URI uri);

  /** Which URIs it accepts, for a person: {@code mooseng://HOST:PORT}. */
  String accepted();

  /**
   * Connects, and makes sure that the right kind of system answers.
   *
   * @throws OperationException of kind INVALID if the URI is malformed or names nothing usable, of
   *     another kind if the system cannot be reached; the message is one line that names the
   *     address and the cause
   */
  TargetDriver open(URI uri, TargetOptions options) throws OperationException;
}
