/** A client of the HTTP API: the calls are generated from its OpenAPI document, errors and streams are by hand. */
@NullMarked
package io.laminar.client;

import org.jspecify.annotations.NullMarked;
