/** The nexmark connector: persons, auctions and bids of an online auction. */
@NullMarked
package io.laminar.connector.generator.nexmark;

import org.jspecify.annotations.NullMarked;
