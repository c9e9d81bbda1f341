package io.laminar.server.http;

import io.laminar.server.access.Role;
import io.laminar.server.api.ConnectionTest;
import io.laminar.server.api.InferSchema;
import io.laminar.server.api.InferredResource;
import io.laminar.server.api.NewProfile;
import io.laminar.server.api.NewTable;
import io.laminar.server.api.ProfileChange;
import io.laminar.server.api.ProfileResource;
import io.laminar.server.api.SchemaText;
import io.laminar.server.api.Suggestions;
import io.laminar.server.api.TableResource;
import io.laminar.server.api.TestProfile;
import io.laminar.server.api.TestStep;
import io.laminar.server.api.TestTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
                Route.post("/connection_profiles/test", "Connects for real, and says how that went.")
                        .takes(TestProfile.class)
                        .gives(ConnectionTest.class)
                        .does(call -> parts.probing().connect(call.body(TestProfile.class))),
                Route.get(
                                "/connection_profiles/{id}/autocomplete",
                                "Lists names that are there: topics, tables, files.")
                        .only(Role.DEVELOPER)
                        .query("kind", "string", "Of the names; without it only the kinds are told.")
                        .query("prefix", "string", "What the names begin with.")
                        .query("schema", "string", "The schema the names belong to.")
                        .query("table", "string", "The table the names belong to.")
                        .query("topic", "string", "The topic the names belong to.")
                        .query("limit", "integer", "How many at most, 1 to 100; 20 if not given.")
                        .gives(Suggestions.class)
                        .does(this::suggest),
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
                Route.post(
                                "/connection_tables/test",
                                "Tries a table: streams what was found, and rows if it can be read.")
                        .takes(TestTable.class)
                        .streams(TestStep.class, Route.Events.ALWAYS)
                        .does(call -> parts.probing().table(call.body(TestTable.class))),
                Route.post(
                                "/connection_tables/schemas/test",
                                "Says what columns a schema gives, or what is wrong with it.")
                        .takes(SchemaText.class)
                        .gives(InferredResource.class)
                        .does(call -> parts.schemas().test(call.body(SchemaText.class))),
                Route.post("/connection_tables/schemas/infer", "Finds out columns of a sample, a schema or a subject.")
                        .takes(InferSchema.class)
                        .gives(InferredResource.class)
                        .does(call -> parts.schemas().infer(call.body(InferSchema.class))),
                Route.get("/connection_tables/{id}", "Shows a connection table.")
                        .gives(TableResource.class)
                        .does(call -> parts.tables().get(call.id())),
                Route.delete("/connection_tables/{id}", "Deletes a connection table that nothing uses.")
                        .does(call -> {
                            parts.tables().delete(call.id());
                            return null;
                        }));
    }

    private Suggestions suggest(Call call) {
        Map<String, String> within = new HashMap<>();
        for (String name : List.of("schema", "table", "topic")) {
            call.query(name).ifPresent(value -> within.put(name, value));
        }
        return parts.probing()
                .suggest(
                        call.id(),
                        call.query("kind").orElse(""),
                        call.query("prefix").orElse(""),
                        within,
                        call.number("limit", 20, 1, 100));
    }
}
