/** The connector 'test': sources fed by a script, sinks that collect what was committed. */
@NullMarked
package io.laminar.testing.connector;

import org.jspecify.annotations.NullMarked;
