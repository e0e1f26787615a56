package io.mooseng.bench.core.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mooseng.bench.core.config.RunSettings;
import io.mooseng.bench.core.config.SettingKey;
import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.target.ResolvedTarget;
import io.mooseng.bench.core.target.RunRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataPlacesTest {

  /** On Linux a file system of its own, in memory. */
  private static final Path OTHER_DISK = Path.of("/dev/shm");

  @TempDir Path directory;

  private static RunSettings settings() {
    return RunSettings.parse(Map.of());
  }

  private static ResolvedTarget files(String label, Path where) {
    return new ResolvedTarget(
        label, Fidelity.LIVE, Optional.of(where.toUri().toString()), Optional.empty());
  }

  private static ResolvedTarget embedded() {
    return new ResolvedTarget("embedded", Fidelity.EMBEDDED, Optional.empty(), Optional.empty());
  }

  @Test
  void directoriesOfOneFileSystemAreOnePlace() throws IOException {
    Path other = Files.createDirectory(directory.resolve("other"));
    DataPlaces places =
        DataPlaces.of(settings(), List.of(files("t1", other), embedded()), directory);
    assertThat(places.places())
        .containsExactly(new DataPlaces.Place(other, List.of("t1", "embedded")));
  }

  @Test
  void anotherFileSystemIsAnotherPlace() throws IOException {
    assumeTrue(
        Files.isDirectory(OTHER_DISK)
            && !Files.getFileStore(OTHER_DISK).equals(Files.getFileStore(directory)),
        OTHER_DISK + " is no file system of its own");
    DataPlaces places =
        DataPlaces.of(
            settings(),
            List.of(embedded(), files("t1", OTHER_DISK), files("t2", directory)),
            directory);
    assertThat(places.places())
        .containsExactly(
            new DataPlaces.Place(directory, List.of("embedded", "t2")),
            new DataPlaces.Place(OTHER_DISK, List.of("t1")));
  }

  @Test
  void aStoreInMemoryHasNoPlaceAndTheScratchDirectoryStandsIn() {
    RunSettings inMemory = RunSettings.parse(Map.of(SettingKey.STORE, List.of("memory")));
    DataPlaces places = DataPlaces.of(inMemory, List.of(embedded()), directory);
    assertThat(places.places()).containsExactly(new DataPlaces.Place(directory, List.of()));
  }

  @Test
  void withinATargetOnlyTheDirectoryOfTheRunIsUsed() throws IOException {
    Path root = Files.createDirectory(directory.resolve(RunRoot.nameOf("20260301T102030Z-a1b2c3")));
    DataPlaces places =
        DataPlaces.of(settings(), List.of(files("t1", directory)), directory)
            .inRunRoots("20260301T102030Z-a1b2c3");
    assertThat(places.first()).isEqualTo(root);
  }
}
