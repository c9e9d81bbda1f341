/** Shows the connectors on the class path to the planner. */
@NullMarked
package io.laminar.flink.catalog;

import org.jspecify.annotations.NullMarked;
