package io.laminar.server.api;

/**
 * A token to make.
 *
 * @param role viewer, developer or admin
 */
public record NewToken(String name, String role) {}
