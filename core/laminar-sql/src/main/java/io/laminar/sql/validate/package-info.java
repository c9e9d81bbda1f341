/** Names and types of queries are checked here, and every error gets its code and place. */
@NullMarked
package io.laminar.sql.validate;

import org.jspecify.annotations.NullMarked;
