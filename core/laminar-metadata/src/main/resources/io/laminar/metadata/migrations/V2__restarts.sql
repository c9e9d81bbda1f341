-- How often a job was started again after a failure, and what the next failure is judged by: null before the first.
ALTER TABLE jobs ADD COLUMN restarts BIGINT NOT NULL DEFAULT 0;
ALTER TABLE jobs ADD COLUMN trouble TEXT;
