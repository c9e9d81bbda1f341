package io.laminar.server.api;

/**
 * A new token.
 *
 * @param token its text, which is not kept
 */
public record IssuedToken(String id, String name, String role, String token) {}
