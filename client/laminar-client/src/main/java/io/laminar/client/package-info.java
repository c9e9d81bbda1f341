/** A client of the HTTP API: the calls are generated from its OpenAPI document, errors and streams are by hand. */
@org.jspecify.annotations.NullMarked
package io.laminar.client;
