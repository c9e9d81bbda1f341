package io.laminar.server.access;

/**
 * Who calls.
 *
 * @param id of the token
 * @param name of the token
 */
public record Caller(String id, String name, Role role) {
    /** The process itself, when nobody asked. */
    public static final Caller SERVER = new Caller("server", "server", Role.ADMIN);
}
