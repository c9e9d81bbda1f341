package io.laminar.server.http;

import io.laminar.metadata.AuditEntry;
import io.laminar.metadata.Token;
import io.laminar.server.access.Access;
import io.laminar.server.access.Role;
import io.laminar.server.api.AuditResource;
import io.laminar.server.api.Collection;
import io.laminar.server.api.IssuedToken;
import io.laminar.server.api.NewToken;
import io.laminar.server.api.TokenResource;
import java.util.List;

/** Tokens, and who did what with them. */
final class TokenRoutes {
    private final ServerParts parts;

    TokenRoutes(ServerParts parts) {
        this.parts = parts;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/tokens", "Lists the tokens, without their texts.")
                        .only(Role.ADMIN)
                        .givesPages(TokenResource.class)
                        .does(call ->
                                Collection.of(parts.metadata().tokens().page(call.page()), TokenRoutes::resource)),
                Route.post("/tokens", "Makes a token; its text is shown once.")
                        .only(Role.ADMIN)
                        .takes(NewToken.class)
                        .creates(IssuedToken.class)
                        .does(call -> issue(call.body(NewToken.class))),
                Route.delete("/tokens/{id}", "Takes a token away.")
                        .only(Role.ADMIN)
                        .does(call -> {
                            parts.access().revoke(call.id());
                            return null;
                        }),
                Route.get("/audit", "Lists who changed what.")
                        .only(Role.ADMIN)
                        .givesPages(AuditResource.class)
                        .does(call ->
                                Collection.of(parts.metadata().audit().page(call.page()), TokenRoutes::resource)));
    }

    private IssuedToken issue(NewToken wanted) {
        Access.Issued issued = parts.access().issue(wanted.name(), Role.named(wanted.role()));
        Token token = issued.token();
        return new IssuedToken(token.id(), token.name(), token.role(), issued.text());
    }

    private static TokenResource resource(Token token) {
        return new TokenResource(token.id(), token.name(), token.role(), token.created(), token.lastUsed());
    }

    private static AuditResource resource(AuditEntry entry) {
        return new AuditResource(entry.id(), entry.actor(), entry.action(), entry.resource(), entry.created());
    }
}
