/** The platform: connections, pipelines and jobs over HTTP, in one process. */
@NullMarked
package io.laminar.server;

import org.jspecify.annotations.NullMarked;
