/** Connection profiles and tables: kept, tested, used by name. */
@NullMarked
package io.laminar.server.connection;

import org.jspecify.annotations.NullMarked;
