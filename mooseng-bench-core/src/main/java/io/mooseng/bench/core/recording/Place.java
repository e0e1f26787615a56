package io.mooseng.bench.core.recording;

/** Where something lies on the target. */
record Place(TargetNode directory, String name) {}
