/** What the server is and can: connectors, formats, functions, its own health. */
@NullMarked
package io.laminar.server.reference;

import org.jspecify.annotations.NullMarked;
