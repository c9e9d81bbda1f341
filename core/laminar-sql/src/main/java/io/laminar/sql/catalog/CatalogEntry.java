package io.laminar.sql.catalog;

/** Something a query can name in FROM. */
public sealed interface CatalogEntry permits Table, View {
    String name();
}
