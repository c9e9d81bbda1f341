/** Who may do what: tokens, roles, limits. */
@NullMarked
package io.laminar.server.access;

import org.jspecify.annotations.NullMarked;
