/** Changelogs as Debezium's JSON envelopes. */
@NullMarked
package io.laminar.format.debezium;

import org.jspecify.annotations.NullMarked;
