-- Written for SQLite and PostgreSQL alike. Times are microseconds since 1970. Ids ascend with time.

CREATE TABLE connection_profiles (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  connector TEXT NOT NULL,
  description TEXT NOT NULL,
  options TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE connection_tables (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  profile_id TEXT REFERENCES connection_profiles (id),
  definition TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
-- Queries find tables and functions by names whose case does not matter.
CREATE UNIQUE INDEX connection_tables_by_name ON connection_tables (lower(name));
CREATE INDEX connection_tables_by_profile ON connection_tables (profile_id);

CREATE TABLE functions (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  definition TEXT NOT NULL,
  description TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX functions_by_name ON functions (lower(name));

CREATE TABLE pipelines (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  version BIGINT NOT NULL,
  settings TEXT NOT NULL,
  runs INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE pipeline_versions (
  pipeline_id TEXT NOT NULL REFERENCES pipelines (id) ON DELETE CASCADE,
  version BIGINT NOT NULL,
  query TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (pipeline_id, version)
);

-- What a pipeline names in its query: that may not be deleted.
CREATE TABLE pipeline_uses (
  pipeline_id TEXT NOT NULL REFERENCES pipelines (id) ON DELETE CASCADE,
  resource_id TEXT NOT NULL,
  PRIMARY KEY (pipeline_id, resource_id)
);
CREATE INDEX pipeline_uses_by_resource ON pipeline_uses (resource_id);

CREATE TABLE jobs (
  id TEXT PRIMARY KEY,
  pipeline_id TEXT NOT NULL REFERENCES pipelines (id) ON DELETE CASCADE,
  version BIGINT NOT NULL,
  state TEXT NOT NULL,
  cluster_job TEXT,
  failure TEXT,
  created_at BIGINT NOT NULL,
  started_at BIGINT,
  ended_at BIGINT
);
CREATE INDEX jobs_by_pipeline ON jobs (pipeline_id, id);
CREATE INDEX jobs_by_state ON jobs (state, id);

CREATE TABLE job_events (
  id TEXT PRIMARY KEY,
  job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  message TEXT NOT NULL,
  details TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX job_events_by_job ON job_events (job_id, kind, id);

CREATE TABLE tokens (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  created_at BIGINT NOT NULL,
  last_used_at BIGINT
);

CREATE TABLE audit (
  id TEXT PRIMARY KEY,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  resource TEXT NOT NULL,
  details TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
