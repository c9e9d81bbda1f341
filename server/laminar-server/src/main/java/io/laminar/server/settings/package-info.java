/** How the server is configured: a file, environment variables, flags. */
@NullMarked
package io.laminar.server.settings;

import org.jspecify.annotations.NullMarked;
