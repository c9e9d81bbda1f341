/** Real servers for tests, in JVMs of their own. */
@NullMarked
package io.laminar.testing.server;

import org.jspecify.annotations.NullMarked;
