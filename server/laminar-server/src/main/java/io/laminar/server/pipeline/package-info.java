/** Pipelines: planned, stored, started, changed, previewed. */
@NullMarked
package io.laminar.server.pipeline;

import org.jspecify.annotations.NullMarked;
