@NullMarked
package io.laminar.sql.parser;

import org.jspecify.annotations.NullMarked;
