package io.laminar.sqltests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.flink.catalog.ConnectorCatalog;
import io.laminar.sql.PipelineCompiler;
import io.laminar.sql.PlannerContext;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The texts on the page about user functions compile. */
class UserFunctionsPageTest {
    private static final Pattern BLOCK = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);

    private static final String FILE =
            Repository.root().resolve("examples/data/flights.ndjson").toString();

    @Test
    void everyTextCompiles() throws IOException {
        String page = Files.readString(Repository.root().resolve("docs/user-functions.md"));
        List<String> texts = new ArrayList<>();
        for (Matcher matcher = BLOCK.matcher(page); matcher.find(); ) {
            // Some file that is there, in the place of one that is not.
            texts.add(matcher.group(1).replaceAll("path = '[^']*'", "path = '" + FILE + "'"));
        }
        assertTrue(texts.size() >= 6, "found " + texts.size());
        PlannerContext context = PlannerContext.of(new ConnectorCatalog());
        for (String text : texts) {
            assertEquals(List.of(), PipelineCompiler.validate(text, context), text);
        }
    }
}
