package io.laminar.cli;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import io.laminar.spi.function.FunctionCategory;
import io.laminar.spi.function.FunctionDeclaration;
import io.laminar.spi.function.Signature;
import io.laminar.sql.function.FunctionCatalog;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The reference of functions. */
@Command(
        name = "functions",
        description = "All functions of SQL, with signatures and examples.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  laminar functions",
            "  laminar functions date_trunc",
            "  laminar functions --output csv"
        })
final class FunctionsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ReferenceOutput output = new ReferenceOutput();

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Show one function in full.")
    private @Nullable String name;

    FunctionsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Reference reference = new Reference(terminal.out());
        FunctionCatalog catalog = FunctionCatalog.installed();
        FunctionDeclaration named = name == null ? null : named(catalog, name);
        if (!output.isText()) {
            output.print(
                    terminal,
                    ReferenceOutput.reference().functions().data(),
                    function -> named == null || named.name().equals(function.name()),
                    "name",
                    "category",
                    "signatures",
                    "description");
            return ExitCode.DONE;
        }
        if (named != null) {
            show(named, reference);
            return ExitCode.DONE;
        }
        Map<FunctionCategory, List<FunctionDeclaration>> categories = new TreeMap<>();
        Set<FunctionDeclaration> all = new LinkedHashSet<>();
        catalog.names().forEach(each -> catalog.find(each).ifPresent(all::add));
        for (FunctionDeclaration function : all) {
            categories
                    .computeIfAbsent(function.category(), category -> new ArrayList<>())
                    .add(function);
        }
        categories.forEach((category, functions) -> {
            reference.heading(category.title());
            functions.forEach(function -> reference.entry(function.name(), function.description()));
        });
        return ExitCode.DONE;
    }

    private static FunctionDeclaration named(FunctionCatalog catalog, String wanted) {
        return catalog.find(wanted)
                .orElseThrow(() -> new LaminarException(
                        ErrorCode.UNKNOWN_FUNCTION,
                        "there is no function '" + wanted + "'",
                        NearestName.hint(wanted, catalog.names())));
    }

    private static void show(FunctionDeclaration function, Reference reference) {
        for (Signature signature : function.signatures()) {
            reference.heading(signature.text());
        }
        reference.heading("  " + function.description());
        if (!function.aliases().isEmpty()) {
            reference.heading("  also: " + String.join(", ", function.aliases()));
        }
        for (FunctionDeclaration.Example example : function.examples()) {
            reference.heading("  " + example.expression() + "  ->  " + example.result());
        }
    }
}
