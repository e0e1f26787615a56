-- The whole file of each run, so that it can be compared, reported and exported as on the day it was added.
CREATE TABLE documents (
  run BIGINT NOT NULL PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
  gzip ${bytes} NOT NULL
);
