/**
 * What the platform remembers: connections, functions, pipelines, jobs, tokens, and who changed what. In a file of SQLite
 * or in PostgreSQL.
 */
@NullMarked
package io.laminar.metadata;

import org.jspecify.annotations.NullMarked;
