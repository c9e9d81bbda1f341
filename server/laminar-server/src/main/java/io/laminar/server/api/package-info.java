/** What goes over the wire: records whose components, in snake case, are the fields of JSON objects. */
@NullMarked
package io.laminar.server.api;

import org.jspecify.annotations.NullMarked;
