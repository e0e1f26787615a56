/**
 * Judges histories: whether every answer can be explained by operations that took effect one at a
 * time, each at some moment between its invocation and its return.
 *
 * <p>A verdict is about the history that was recorded, never about the system: it says that so many
 * operations on so many objects were checked, and what was found.
 */
package io.mooseng.bench.multiregion.linearizability;
