-- Up Migration
CREATE INDEX notes_created_at ON notes (created_at);

-- Down Migration
DROP INDEX notes_created_at;
