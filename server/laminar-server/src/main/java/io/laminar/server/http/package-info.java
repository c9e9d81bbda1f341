/** The HTTP API: a table of routes, from which the server, its OpenAPI document and its tests are made. */
@NullMarked
package io.laminar.server.http;

import org.jspecify.annotations.NullMarked;
