package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.config.RunSettings;
import io.mooseng.bench.core.config.TlsFiles;
import io.mooseng.bench.core.link.TestAddresses;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.plan.Cell;
import io.mooseng.bench.core.process.TlsMaterial;
import io.mooseng.bench.core.target.ResolvedTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The TLS between a fork and its target.
 *
 * @param files of the client; the embedded server presents the same certificate
 * @param mutual whether the embedded server demands that of the client
 */
record ServedTls(TlsFiles files, boolean mutual) {

  private static final String DIRECTORY = "tls";

  /** Where the embedded server can be reached: the names its certificate must have. */
  private static final List<String> SUBJECTS =
      List.of(
          "dns:localhost",
          "ip:127.0.0.1",
          "ip:" + TestAddresses.of(TestAddresses.SERVER).getHostAddress());

  /**
   * As the run says, unless the cell's benchmark asks for TLS and the run gives no files: then for
   * the embedded server some are made, once for the run.
   *
   * @param scratch where they lie, removed at the end of the run
   * @throws OperationException if they cannot be made
   */
  static ServedTls of(Cell cell, RunSettings settings, Path scratch) throws OperationException {
    boolean mutual = cell.tls().filter(Cell.TLS_MUTUAL::equals).isPresent();
    boolean wanted = mutual || cell.tls().filter(Cell.TLS_SERVER::equals).isPresent();
    boolean embedded =
        cell.target().map(ResolvedTarget::fidelity).filter(Fidelity.EMBEDDED::equals).isPresent();
    if (!wanted || !embedded || settings.tls().certificate().isPresent()) {
      return new ServedTls(settings.tls(), mutual);
    }
    return new ServedTls(made(scratch), mutual);
  }

  private static TlsFiles made(Path scratch) throws OperationException {
    Path directory = scratch.resolve(DIRECTORY);
    try {
      TlsMaterial known = TlsMaterial.in(directory);
      // The key is written last.
      if (!Files.exists(known.key())) {
        TlsMaterial.create(Files.createDirectories(directory), SUBJECTS);
      }
      return new TlsFiles(
          Optional.of(known.authority()),
          Optional.of(known.certificate()),
          Optional.of(known.key()));
    } catch (IOException e) {
      throw new OperationException(
          FailureKind.UNAVAILABLE, "no certificate for the embedded server: " + e.getMessage(), e);
    }
  }

  /** Whose certificates the embedded server demands, if it does. */
  Optional<Path> clientAuthority() {
    return mutual ? files.ca() : Optional.empty();
  }
}
