/** Parts of planning on their own. */
@NullMarked
package io.laminar.sql.plan;

import org.jspecify.annotations.NullMarked;
