package io.laminar.server.http;

import io.laminar.server.api.NewUdf;
import io.laminar.server.api.UdfResource;
import io.laminar.server.api.UdfValidation;
import java.util.List;

/** Functions of users. */
final class UdfRoutes {
    private final ServerParts parts;

    UdfRoutes(ServerParts parts) {
        this.parts = parts;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/udfs", "Lists the functions of users.")
                        .query("name", "string", "What names have to be like, with * for anything.")
                        .givesPages(UdfResource.class)
                        .does(call -> parts.functions().page(call.page())),
                Route.post("/udfs", "Creates a function, which queries then use by its name.")
                        .takes(NewUdf.class)
                        .creates(UdfResource.class)
                        .does(call -> parts.functions().create(call.body(NewUdf.class))),
                Route.post("/udfs/validate", "Compiles a function and says all its errors.")
                        .takes(NewUdf.class)
                        .gives(UdfValidation.class)
                        .does(call -> parts.functions().validate(call.body(NewUdf.class))),
                Route.get("/udfs/{id}", "Shows a function.")
                        .gives(UdfResource.class)
                        .does(call -> parts.functions().get(call.id())),
                Route.delete("/udfs/{id}", "Deletes a function that nothing uses.")
                        .does(call -> {
                            parts.functions().delete(call.id());
                            return null;
                        }));
    }
}
