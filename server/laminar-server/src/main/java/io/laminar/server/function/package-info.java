/** Functions of users, kept and used by name. */
@NullMarked
package io.laminar.server.function;

import org.jspecify.annotations.NullMarked;
