package io.laminar.server.http;

import io.laminar.server.api.NewProfile;
import io.laminar.server.api.NewTable;
import io.laminar.server.api.ProfileChange;
import io.laminar.server.api.ProfileResource;
import io.laminar.server.api.TableResource;
import java.util.List;

/** Connection profiles and tables. */
final class ConnectionRoutes {
    private static final String NAME = "What names have to be like, with * for anything.";

    private final ServerParts parts;

    ConnectionRoutes(ServerParts parts) {
        this.parts = parts;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/connection_profiles", "Lists the connection profiles; secrets are masked.")
                        .query("name", "string", NAME)
                        .givesPages(ProfileResource.class)
                        .does(call -> parts.profiles().page(call.page())),
                Route.post("/connection_profiles", "Creates a connection profile.")
                        .takes(NewProfile.class)
                        .creates(ProfileResource.class)
                        .does(call -> parts.profiles().create(call.body(NewProfile.class))),
                Route.get("/connection_profiles/{id}", "Shows a connection profile; secrets are masked.")
                        .gives(ProfileResource.class)
                        .does(call -> parts.profiles().get(call.id())),
                Route.patch("/connection_profiles/{id}", "Changes a connection profile; jobs see it when they start.")
                        .takes(ProfileChange.class)
                        .gives(ProfileResource.class)
                        .does(call -> parts.profiles().change(call.id(), call.body(ProfileChange.class))),
                Route.delete("/connection_profiles/{id}", "Deletes a connection profile that nothing uses.")
                        .does(call -> {
                            parts.profiles().delete(call.id());
                            return null;
                        }),
                Route.get("/connection_tables", "Lists the connection tables.")
                        .query("name", "string", NAME)
                        .givesPages(TableResource.class)
                        .does(call -> parts.tables().page(call.page())),
                Route.post("/connection_tables", "Creates a connection table, which queries then use by its name.")
                        .takes(NewTable.class)
                        .creates(TableResource.class)
                        .does(call -> parts.tables().create(call.body(NewTable.class))),
                Route.get("/connection_tables/{id}", "Shows a connection table.")
                        .gives(TableResource.class)
                        .does(call -> parts.tables().get(call.id())),
                Route.delete("/connection_tables/{id}", "Deletes a connection table that nothing uses.")
                        .does(call -> {
                            parts.tables().delete(call.id());
                            return null;
                        }));
    }
}
