/** The life of jobs: a state machine, and who drives it. */
@NullMarked
package io.laminar.server.job;

import org.jspecify.annotations.NullMarked;
