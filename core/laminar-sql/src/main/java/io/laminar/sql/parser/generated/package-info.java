/** What fmpp and javacc make of the grammar in {@code src/main/codegen}; no hand-written code lives here. */
@NullUnmarked
package io.laminar.sql.parser.generated;

import org.jspecify.annotations.NullUnmarked;
