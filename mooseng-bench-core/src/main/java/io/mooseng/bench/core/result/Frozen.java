package io.mooseng.bench.core.result;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Immutable copies for compact constructors; all of them keep an order that can be relied on. */
final class Frozen {

  /** Up to here a {@code double} holds every integer exactly (IEEE 754 binary64: 53 bits). */
  private static final double EXACT_INTEGERS = 0x1p53;

  private Frozen() {}

  static <V> SortedMap<String, V> sorted(Map<String, ? extends V> map) {
    if (map.isEmpty()) {
      return Collections.emptySortedMap();
    }
    map.forEach(Frozen::requireEntry);
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }

  static <K, V> Map<K, V> inOrder(Map<K, V> map) {
    map.forEach(Frozen::requireEntry);
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /** A copy of a list that may hold nulls. */
  static <T> List<T> list(List<? extends T> list) {
    return Collections.unmodifiableList(new ArrayList<>(list));
  }

  /** A deep copy of a free-form JSON object, keys sorted; see {@link #json(String, Object)}. */
  static SortedMap<String, Object> jsonObject(Map<String, ?> map) {
    SortedMap<String, Object> copy = new TreeMap<>();
    map.forEach((key, value) -> copy.put(key, json(key, value)));
    return Collections.unmodifiableSortedMap(copy);
  }

  /**
   * A JSON value in the one form that survives writing and reading: whole numbers as {@code Long},
   * others as {@code Double}, NaN and infinities (which JSON has not) as null.
   */
  private static Object json(String key, Object value) {
    if (value == null || value instanceof String || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Long || value instanceof Integer || value instanceof Short) {
      return ((Number) value).longValue();
    }
    if (value instanceof Double || value instanceof Float) {
      return number(((Number) value).doubleValue());
    }
    if (value instanceof List<?> list) {
      return list(list.stream().map(element -> json(key, element)).toList());
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> byName = new TreeMap<>();
      map.forEach((name, element) -> byName.put(String.valueOf(name), element));
      return jsonObject(byName);
    }
    throw new IllegalArgumentException(
        key + " is a " + value.getClass().getName() + "; accepted: text, numbers, lists, maps");
  }

  private static Object number(double value) {
    if (!Double.isFinite(value)) {
      return null;
    }
    return isWhole(value) ? (Object) (long) value : (Object) value;
  }

  /** Whether the value is an integer that can be written without a fraction and lose nothing. */
  static boolean isWhole(double value) {
    return value == Math.rint(value) && Math.abs(value) <= EXACT_INTEGERS;
  }

  /** Null for a value that JSON cannot hold. */
  static Double finiteOrNull(double value) {
    return Double.isFinite(value) ? value : null;
  }

  static void requireFinite(String name, Double value) {
    if (value != null && !Double.isFinite(value)) {
      throw new IllegalArgumentException(name + " is " + value + "; accepted: a number or null");
    }
  }

  static void requireNotNegative(String name, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " cannot be negative: " + value);
    }
  }

  static String requireText(String name, String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value;
  }

  static <T> T require(String name, T value) {
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value;
  }

  private static void requireEntry(Object key, Object value) {
    require("a name", key);
    require(String.valueOf(key), value);
  }
}
