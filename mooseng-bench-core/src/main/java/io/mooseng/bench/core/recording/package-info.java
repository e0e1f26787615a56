/**
 * Writes down what operations ask of a target, whichever benchmark performs them: a driver around
 * another one notes its calls, and when an operation was recorded its calls become lines of a
 * trace.
 *
 * <p>{@link io.mooseng.bench.core.recording.RecordingDriver} notes; {@link
 * io.mooseng.bench.core.recording.TargetNode}s are what it has met on the target; {@link
 * io.mooseng.bench.core.recording.TraceNames} gives files names under which a replay finds them as
 * the recording did; {@link io.mooseng.bench.core.recording.TraceRecorder} writes.
 */
package io.mooseng.bench.core.recording;
