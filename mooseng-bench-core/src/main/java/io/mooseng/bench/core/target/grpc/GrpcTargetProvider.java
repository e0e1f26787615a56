package io.mooseng.bench.core.target.grpc;

import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.target.TargetOptions;
import io.mooseng.bench.core.target.TargetProvider;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Opens {@code mooseng://HOST:PORT}. */
public final class GrpcTargetProvider implements TargetProvider {

  private static final String SCHEME = "mooseng";

  @Override
  public boolean accepts(URI uri) {
    return SCHEME.equals(uri.getScheme());
  }

  @Override
  public String accepted() {
    return "mooseng://HOST:PORT";
  }

  @Override
  public TargetDriver open(URI uri, TargetOptions options) throws OperationException {
    GrpcOptions grpc =
        GrpcOptions.defaults()
            .withConnections(options.connections())
            .withConnectTimeout(options.openTimeout())
            .withServerTimes(options.serverTimes())
            .withRoute(options.route());
    Optional<Path> authority = options.tls().ca();
    if (authority.isPresent()) {
      grpc = grpc.withTls(new TlsFiles(authority.get(), identity(options)));
    }
    try {
      return GrpcDriver.open(uri.toString(), grpc);
    } catch (IllegalArgumentException e) {
      throw new OperationException(FailureKind.INVALID, e.getMessage(), e);
    }
  }

  private static Optional<TlsFiles.ClientIdentity> identity(TargetOptions options) {
    return options
        .tls()
        .certificate()
        .map(file -> new TlsFiles.ClientIdentity(file, options.tls().key().orElseThrow()));
  }
}
