/** Streams of events to a client that listens. */
@NullMarked
package io.laminar.server.event;

import org.jspecify.annotations.NullMarked;
