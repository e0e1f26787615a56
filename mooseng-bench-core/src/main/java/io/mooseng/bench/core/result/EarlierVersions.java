package io.mooseng.bench.core.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Makes the JSON of a run that an earlier version wrote look as this version writes it. What an
 * earlier version did not know is empty; nothing is guessed.
 */
final class EarlierVersions {

  private static final String VERSION = "schemaVersion";

  private EarlierVersions() {}

  /** The tree in the shape of {@link RunRecord#SCHEMA_VERSION}; it is changed in place. */
  static JsonNode upgraded(JsonNode run) {
    if (run.path(VERSION).asInt() == 1) {
      from1To2(run);
    }
    if (run.path(VERSION).asInt() == 2) {
      from2To3(run);
    }
    if (run.path(VERSION).asInt() == 3) {
      from3To4(run);
    }
    return run;
  }

  /** Version 2 added warnings of rows and values of iterations. */
  private static void from1To2(JsonNode run) {
    for (JsonNode row : run.path("results")) {
      putEmptyArray(row, "warnings");
      for (JsonNode fork : row.path("forks")) {
        for (JsonNode iteration : fork.path("iterations")) {
          putEmptyObject(iteration, "values");
        }
      }
    }
    ((ObjectNode) run).put(VERSION, 2);
  }

  /** Version 3 added what rows say together. */
  private static void from2To3(JsonNode run) {
    putEmptyArray(run, "scalability");
    ((ObjectNode) run).put(VERSION, 3);
  }

  /** Version 4 added what results over a network cannot claim. */
  private static void from3To4(JsonNode run) {
    for (JsonNode row : run.path("results")) {
      putEmptyArray(row.path("network"), "cannotClaim");
    }
    ((ObjectNode) run).put(VERSION, 4);
  }

  // What is no object is left as it is: the reader names what is wrong with it.
  private static void putEmptyArray(JsonNode node, String name) {
    if (node instanceof ObjectNode object && !object.has(name)) {
      object.putArray(name);
    }
  }

  private static void putEmptyObject(JsonNode node, String name) {
    if (node instanceof ObjectNode object && !object.has(name)) {
      object.putObject(name);
    }
  }
}
