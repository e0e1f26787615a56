package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.config.RunSettings;
import io.mooseng.bench.core.jmh.ProgressListener;
import io.mooseng.bench.core.machine.ceiling.CeilingMeter;
import io.mooseng.bench.core.machine.ceiling.Ceilings;
import io.mooseng.bench.core.machine.ceiling.PlacedCeilings;
import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.target.ResolvedTarget;
import io.mooseng.bench.core.target.RunRoot;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where on this machine the data of a run lies: one place for each file system that a target of it
 * uses. Each has ceilings of its own.
 *
 * @param places in the order of the targets, never empty
 */
record DataPlaces(List<Place> places) {

  /**
   * Directories of one file system.
   *
   * @param directory of the first target that uses it
   * @param targets labels of those who use it; empty if none is known to
   */
  record Place(Path directory, List<String> targets) {}

  DataPlaces {
    places = List.copyOf(places);
  }

  /**
   * @param scratch where servers keep data if the user named no other directory
   */
  static DataPlaces of(RunSettings settings, List<ResolvedTarget> targets, Path scratch) {
    List<Place> places = new ArrayList<>();
    Map<FileStore, Integer> known = new HashMap<>();
    for (ResolvedTarget target : targets) {
      Optional<Path> directory = directoryOf(target, settings, scratch);
      if (directory.isEmpty()) {
        continue;
      }
      Optional<FileStore> store = fileStore(directory.get());
      Optional<Integer> same = store.map(known::get);
      if (same.isPresent()) {
        places.get(same.get()).targets.add(target.label());
      } else {
        store.ifPresent(found -> known.put(found, places.size()));
        places.add(new Place(directory.get(), new ArrayList<>(List.of(target.label()))));
      }
    }
    if (places.isEmpty()) {
      places.add(new Place(storeOf(settings, scratch), List.of()));
    }
    return new DataPlaces(places);
  }

  private static Optional<Path> directoryOf(
      ResolvedTarget target, RunSettings settings, Path scratch) {
    if (target.hasScheme("file")) {
      return Optional.of(Path.of(URI.create(target.uri().orElseThrow())));
    }
    boolean served = target.fidelity() == Fidelity.EMBEDDED && !settings.storesInMemory();
    return served ? Optional.of(storeOf(settings, scratch)) : Optional.empty();
  }

  private static Path storeOf(RunSettings settings, Path scratch) {
    return settings
        .storeDirectory()
        // It is made by the server; until then its parent is the same disk.
        .map(StoreDirectory::nearestExisting)
        .orElse(scratch);
  }

  /** Empty if the system does not tell: then nothing is the same as this. */
  private static Optional<FileStore> fileStore(Path directory) {
    try {
      return Optional.of(Files.getFileStore(directory));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The directory whose disk is described in the fingerprint. */
  Path first() {
    return places.get(0).directory;
  }

  /**
   * The same places, in the directory of the run where it has been made: the rest of a target is
   * not ours.
   */
  DataPlaces inRunRoots(String runId) {
    return new DataPlaces(
        places.stream()
            .map(
                place -> {
                  Path root = place.directory.resolve(RunRoot.nameOf(runId));
                  return Files.isDirectory(root) ? new Place(root, place.targets) : place;
                })
            .toList());
  }

  /**
   * Measures the machine, and the disk of each place.
   *
   * @param time to spend on the machine and one disk
   */
  PlacedCeilings measure(Duration time, ProgressListener progress) {
    Ceilings machine = meter(places.get(0), "", time, progress).measure();
    Map<String, Ceilings> others = new HashMap<>();
    for (Place place : places.subList(1, places.size())) {
      String label = place.targets.get(0);
      Ceilings disk = meter(place, " for target " + label, time, progress).measureDisk();
      place.targets.forEach(target -> others.put(target, machine.in(label, disk)));
    }
    return new PlacedCeilings(machine, others);
  }

  private static CeilingMeter meter(
      Place place, String where, Duration time, ProgressListener progress) {
    return new CeilingMeter(
        place.directory,
        time,
        what -> progress.preparing("ceilings of this machine" + where + ": " + what));
  }
}
