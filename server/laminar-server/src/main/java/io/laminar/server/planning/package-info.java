/** Queries to plans, with what is stored: tables, profiles and their secrets, functions. */
@NullMarked
package io.laminar.server.planning;

import org.jspecify.annotations.NullMarked;
