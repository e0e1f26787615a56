-- Runs, the series their values belong to, and the values. Never changed: later versions have steps of their own.
CREATE TABLE runs (
  id ${identity},
  run_id TEXT NOT NULL UNIQUE,
  started_at BIGINT NOT NULL, -- milliseconds since 1970, UTC
  status TEXT NOT NULL,
  commit_id TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  row_count INTEGER NOT NULL,
  failed_count INTEGER NOT NULL,
  digest TEXT NOT NULL
);
CREATE INDEX runs_by_time ON runs (started_at);
CREATE TABLE series (
  id ${identity},
  digest TEXT NOT NULL UNIQUE,
  benchmark TEXT NOT NULL,
  mode TEXT NOT NULL,
  params TEXT NOT NULL,
  network TEXT NOT NULL,
  fidelity TEXT NOT NULL,
  metric TEXT NOT NULL,
  unit TEXT NOT NULL,
  direction TEXT NOT NULL,
  fingerprint TEXT NOT NULL
);
CREATE INDEX series_by_metric ON series (metric);
CREATE TABLE points (
  series_id BIGINT NOT NULL REFERENCES series (id),
  run BIGINT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  value ${real} NOT NULL,
  lo ${real},
  hi ${real},
  n BIGINT NOT NULL,
  PRIMARY KEY (series_id, run)
) ${clustered};
CREATE INDEX points_by_run ON points (run);
